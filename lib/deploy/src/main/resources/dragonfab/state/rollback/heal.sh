# usage: FOLDER
# Executes the rollback that is armed, also one that an installation of before armed in its folder way-back, with texts
# of its own.
for back in way-back rollback; do
    [ ! -f "$1/$back/armed" ] || sh "$1/$back/go" "$1" || exit
done
