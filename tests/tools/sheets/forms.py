"""What a careful person would write where in a blank form, in the form of the samples' expected.json.

A form's picture has `h:` headings, `r:` the lines to fill, `t:` the total, `u:` unit rows, `z:` further lines that must stay; the field
of a unit cell stands after `⇒ unit=`, the serial number's heading is `⇒ #`.
"""
