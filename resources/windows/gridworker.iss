; Inno Setup 6: an installer for one person's account, no administrator needed. Written, not run by its authors: they
; have no Windows here. On Windows, after `pyinstaller build.spec`:
;   iscc /DVersion=0.1.0 resources\windows\gridworker.iss
; The messages file ChineseSimplified.isl belongs to Inno Setup's own "unofficial" translations.

#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
AppId={{6B0D2C0E-6E0B-4C0D-9B53-6B1F0C8D7A11}
AppName=网格走访
AppVersion={#Version}
AppVerName=网格走访 {#Version}
AppPublisher=Gridworker
DefaultDirName={localappdata}\Programs\Gridworker\{#Version}
DefaultGroupName=网格走访
DisableProgramGroupPage=yes
UsePreviousAppDir=no
PrivilegesRequired=lowest
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
SetupIconFile=gridworker.ico
UninstallDisplayIcon={app}\gridworker.exe
UninstallDisplayName=网格走访 {#Version}
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=gridworker-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"

[Tasks]
Name: "desktop"; Description: "在桌面放一个图标"

; An update is a new folder beside the old one; data lie elsewhere and are never touched, by uninstalling neither.
[Files]
Source: "..\..\dist\gridworker-{#Version}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\网格走访"; Filename: "{app}\gridworker.exe"
Name: "{userdesktop}\网格走访"; Filename: "{app}\gridworker.exe"; Tasks: desktop

[Run]
Filename: "{app}\gridworker-cli.exe"; Parameters: "self-test"; StatusMsg: "正在自检…"; Flags: runhidden
Filename: "{app}\gridworker.exe"; Description: "打开网格走访"; Flags: postinstall nowait skipifsilent
