package dragonfab.repository;

import dragonfab.config.Container;
import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.config.Target;
import dragonfab.config.WebAddress;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ShellScript;
import dragonfab.state.Artifact;
import dragonfab.state.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One suite of an apt repository: a folder of files, signed by a key that never leaves its machine.
 *
 * <p>Targets see all of what was published before or all of what is new, whatever is cut off.
 *
 * @param url where targets find it, or null while nobody serves it
 */
public record AptRepository(String path, String suite, String url) {
    private static final int HTTP = 80;
    /** Stands before scripts that change what a target's apt knows. */
    public static final String SOURCES = "repository/sources";
    private static final String KEY = "repository/key";

    public static AptRepository of(Environment environment) {
        return new AptRepository(environment.get(Key.REPOSITORY_PATH),
                environment.find(Key.REPOSITORY_SUITE).orElse(environment.name()), environment.get(Key.REPOSITORY_URL));
    }

    /** The machine or container that holds it; empty for this machine. */
    public static Optional<Target> place(Environment environment) {
        var host = environment.get(Key.REPOSITORY_HOST);
        return environment.find(Key.REPOSITORY_LXC).<Target>map(name -> new Container(name, host))
                .or(() -> Optional.ofNullable(host));
    }

    /** What is there, for {@link SuiteFacts}; and which of these files lie in the pool. */
    public Command facts(List<String> files) {
        return ShellScript.of("repository/facts", path, suite).with(files.toArray()).asRoot().asking();
    }

    /** What {@link #prepare} leaves behind; where it is missing, something has to be made. */
    public String ready() {
        return "1 " + Optional.ofNullable(url).orElse("unserved");
    }

    /** Makes it, with a site of nginx where there is an address to serve it by. */
    public Command prepare() {
        var command = ShellScript.after(KEY, "repository/prepare", path, ready());
        if (url == null) {
            return command.asRoot();
        }
        var address = WebAddress.of(url);
        // Behind https stands whoever has the certificate; the site's file is there to be edited.
        int port = address.scheme().equals("https") ? HTTP : address.anyPort();
        return command.with(address.host(), port, address.path().replaceAll("/*$", "/")).asRoot();
    }

    /** Where a file lies between its arrival and its being published. */
    public String incoming(String file) {
        return path + "/.incoming/" + file;
    }

    /** @param keep how many of each name stay in the suite */
    public Command publish(int keep, String commit, List<String> files, List<String> checksums) {
        return publish(keep, "", commit, files, checksums);
    }

    /** Publishes here the bytes that lie in another suite of the repository. */
    public Command promote(int keep, String from, List<PublishedPackage> packages) {
        return publish(keep, from, "", packages.stream().map(PublishedPackage::file).toList(),
                packages.stream().map(PublishedPackage::sha256).toList());
    }

    private Command publish(int keep, String from, String commit, List<String> files, List<String> checksums) {
        var words = new ArrayList<String>();
        for (int i = 0; i < files.size(); i++) {
            words.add(checksums.get(i));
            words.add(files.get(i));
        }
        return ShellScript.after(KEY, "repository/publish", path, suite, keep, from, commit).with(words.toArray())
                .asRoot();
    }

    /** What stands in the way of having a target's apt know it, for {@link RepositorySuite}. */
    Command trial(TargetState state, String key) {
        return about(state, "trial", key).asking();
    }

    /** Has a target's apt know it, together with other applications that come from here. */
    Command share(TargetState state, String key) {
        return about(state, "share", key);
    }

    private Command about(TargetState state, String what, String key) {
        return ShellScript.after(SOURCES, "repository/" + what, state.name(), place(), suite).reading(Input.of(key))
                .asRoot();
    }

    /** Has a target's apt forget whatever repository the application came from. */
    public static Command leave(TargetState state) {
        return ShellScript.after(SOURCES, "repository/leave", state.name()).asRoot();
    }

    /** Has apt bring packages to where those of the site are kept. */
    Command pull(TargetState state, String key, List<PublishedPackage> packages) {
        var words = packages.stream().flatMap(each -> List.<Object>of(each.name(), each.version(), each.sha256(),
                new Artifact(each.file(), each.sha256()).kept()).stream()).toArray();
        long published = packages.stream().mapToLong(PublishedPackage::at).max().orElse(0);
        return ShellScript.after(SOURCES, "repository/pull", state.name(), place(), suite, published).with(words)
                .reading(Input.of(key)).asRoot();
    }

    /** Written in one way, for apt takes it for one and the same. */
    private String place() {
        return url.replaceAll("/+$", "");
    }
}
