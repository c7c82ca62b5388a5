# Git as nobody has set it: the variables of a hook name another repository, and the settings of a user change what it
# prints and packs. Where a repository is, and whom it may belong to, is still theirs to say.
for variable in $(env | sed -n 's/^\(GIT_[A-Z_0-9]*\)=.*/\1/p'); do
    case "$variable" in
    GIT_CONFIG_* | GIT_SSH* | GIT_EXEC_PATH) ;;
    *) unset "$variable" ;;
    esac
done
git() {
    GIT_OPTIONAL_LOCKS=0 GIT_TERMINAL_PROMPT=0 LC_ALL=C command git -c core.quotePath=false -c color.ui=false \
        -c core.pager=cat -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.attributesFile=/dev/null \
        -c log.showSignature=false -c log.follow=false -c log.diffMerges=separate -c tar.umask=0002 \
        -c status.showUntrackedFiles=normal -c diff.ignoreSubmodules=none "$@"
}
# What is packed has the line ends of the repository, whatever a checkout has.
git_archive() { git -c core.autocrlf=false -c core.eol=lf archive --format=tar "$@"; }
# The submodules of a commit: a line each with their commit and folder. usage: submodules COMMIT
submodules() { git ls-tree -r "$1" -- . | sed -n 's/^160000 commit \([0-9a-f]*\)./\1 /p'; }
