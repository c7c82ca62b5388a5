# Stands before each script that asks dpkg for the conffiles of a package.
# Prints "MD5 PATH" of each, but of those that an earlier upgrade left behind. usage: conffiles_of PACKAGE
conffiles_of() { dpkg-query -W -f '${Conffiles}\n' "$1" 2>/dev/null | sed -nE 's/^ (.*) ([0-9a-f]{32})$/\2 \1/p'; }
