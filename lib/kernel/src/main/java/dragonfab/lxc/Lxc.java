package dragonfab.lxc;

import dragonfab.config.CloneMode;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.files.Checksum;
import dragonfab.shell.Command;
import dragonfab.shell.ShellScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One LXC container as an environment wants it; its commands are for the root of the machine that holds it. */
public record Lxc(String name, String template, CloneMode mode, boolean unprivileged) {
    static final String REMOVE = "lxc/build/remove";

    public static Lxc of(String name, Environment environment) {
        return new Lxc(name, environment.get(Key.LXC_TEMPLATE), environment.get(Key.LXC_CLONE),
                environment.get(Key.LXC_UNPRIVILEGED));
    }

    /** Packages, kernel limits and the bridge: what any container needs of a machine. */
    public static Command prepare() {
        return ShellScript.of("lxc/prepare").asRoot();
    }

    /** Builds the template; null for the suite and no mirrors mean the host's. */
    public Command buildTemplate(String suite, List<String> mirrors) {
        return ShellScript.after("lxc/sources", "lxc/template", template, suite == null ? "" : suite)
                .with(mirrors.toArray()).asRoot();
    }

    /** Exit 3 when there is no template. */
    public Command makeClone() {
        return clone(List.of());
    }

    /** A kept build container, with the record of whose it is. */
    public Command makeClone(BuildContainers owner) {
        return clone(List.of(owner.record()));
    }

    private Command clone(List<String> record) {
        return ShellScript.of("lxc/clone", name, template, mode.name().toLowerCase(java.util.Locale.ROOT),
                hardwareAddress(), unprivileged ? "unprivileged" : "privileged")
                .with(record.toArray()).asRoot();
    }

    /** A throw-away clone of a build container, which may be an overlay clone itself. */
    public Command makeBuildContainer(BuildContainers owner) {
        return ShellScript.of("lxc/build/room", template, name, hardwareAddress(), owner.record(template)).asRoot();
    }

    /** Removes throw-away clones of this build container that nobody holds a lease of; prints their names. */
    public Command removeBuildContainers() {
        return ShellScript.after(REMOVE, "lxc/build/sweep", name).asRoot();
    }

    /** Removes this kept build container, to make it anew; another container of its name is a failure. */
    public Command replaceBuildContainer() {
        return ShellScript.after(REMOVE, "lxc/build/replace", name).asRoot();
    }

    /**
     * Holds this build container for whoever feeds it, and removes it afterwards, unless it is {@link #marked}.
     *
     * @param wait    how long another build may go on holding it
     * @param silence how long we may be silent
     */
    public Command lease(Duration wait, Duration silence) {
        var expire = ShellScript.joined(List.of(REMOVE, "lxc/build/expire"));
        return ShellScript.printing(Map.of("expire", expire), List.of(), "lxc/build/lease.bash", name,
                wait.toSeconds(), silence.toSeconds()).asRoot();
    }

    /** This container from a template of that suite; the template's own name when it is of that suite. */
    public Lxc ofSuite(String suite, String templateSuite) {
        return suite.isEmpty() || templateSuite.isEmpty() || suite.equals(templateSuite) ? this
                : new Lxc(name, template + "-" + suite, mode, unprivileged);
    }

    /** The suite of the template, read from its files while it is stopped. */
    public Command templateSuite() {
        return Command.script("path=$(lxc-info -n \"$1\" -H -c lxc.rootfs.path) && . \"${path#dir:}/etc/os-release\""
                + " && echo \"$VERSION_CODENAME\"", template).asRoot().asking();
    }

    /** What {@link #marked} wrote, so that a half-made container is never taken for a whole one. */
    public Command mark() {
        return Command.script("cat \"$(lxc-config lxc.lxcpath)/$1/dragonfab-mark\" 2>/dev/null", name)
                .asRoot().asking();
    }

    public Command marked(String mark) {
        return Command.script("printf '%s\\n' \"$2\" > \"$(lxc-config lxc.lxcpath)/$1/dragonfab-mark\"", name, mark)
                .asRoot();
    }

    /** Starts it when it is stopped; prints how, the address, and the units that failed. */
    public Command ready(Duration deadline) {
        return ShellScript.of("lxc/ready", name, deadline.toSeconds()).asRoot();
    }

    /** Answers STOPPED, RUNNING, FROZEN ..., or fails when there is none. */
    public Command state() {
        return Command.of("lxc-info", "-n", name, "-sH").asRoot().asking();
    }

    public Command address() {
        return Command.script("lxc-info -n \"$1\" -iH | grep -m 1 -F .", name).asRoot().asking();
    }

    /** As if the power went, when it does not shut down by itself in time. */
    public Command stop() {
        return Command.of("lxc-stop", "-n", name, "-t", "30").asRoot();
    }

    public Command destroy() {
        return Command.script("lxc-stop -k -n \"$1\" 2>/dev/null; lxc-destroy -s -n \"$1\"", name).asRoot();
    }

    /** Stopped while it is taken, since a running one would be caught in the middle of its writing. */
    public Command snapshot(String comment) {
        return ShellScript.of("lxc/snapshot", name, comment).asRoot();
    }

    public Command restore(String snapshot) {
        return ShellScript.of("lxc/restore", name, snapshot).asRoot();
    }

    public Command forget(String snapshot) {
        return Command.of("lxc-snapshot", "-n", name, "-d", snapshot).asRoot();
    }

    /** With their comments, which stand below each. */
    public Command snapshots() {
        return Command.of("lxc-snapshot", "-n", name, "-L", "-C").asRoot().asking();
    }

    /** All containers of the machine with state and address, in columns. */
    public static Command list() {
        return Command.of("lxc-ls", "-f", "-F", "NAME,STATE,IPV4,UNPRIVILEGED").asRoot().asking();
    }

    /** From the name, so that a container made again has its old address and no stale neighbour entry in its way. */
    String hardwareAddress() {
        var hash = Checksum.of(name);
        return "00:16:3e:" + hash.substring(0, 2) + ":" + hash.substring(2, 4) + ":" + hash.substring(4, 6);
    }
}
