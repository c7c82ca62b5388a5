# usage: NAME
# Prints the version behind the link; nothing where there is no whole one.
sed -n 's/^[^ ]* [^ ]* //p' "/srv/$1/current/.release" 2>/dev/null || true
