package dragonfab.release.site;

import dragonfab.config.Environment;
import dragonfab.config.Key;
import dragonfab.deb.BuildMachine;
import dragonfab.deb.DebPackage;
import dragonfab.deb.DebVersion;
import dragonfab.files.Checksum;
import dragonfab.files.WholeFile;
import dragonfab.python.Requirements;
import dragonfab.recipe.Run;
import dragonfab.report.Failure;
import dragonfab.report.Outcome;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.ShellScript;
import dragonfab.target.DryRunStop;
import dragonfab.target.Remote;
import dragonfab.transfer.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds what is missing of a site, each package at its final path in one throw-away container.
 *
 * <p>A package counts as built when its manifest is there, which is written last.
 */
public final class SiteBuilder {
    private static final String SCRIPTS = "release/site/build/";
    private static final List<String> PRELUDES = List.of("deb/build/network", SCRIPTS + "common");
    /** Of what is the same for many commits, so that it is the same bytes for all of them. */
    private static final long EPOCH = 1_704_067_200L;

    private final SitePackages build;
    private final Run run;
    private final Environment environment;
    private final BuildMachine room;
    private final Remote remote;
    private final BuildLock lock;

    private SiteBuilder(SitePackages build, BuildMachine room, BuildLock lock) {
        this.build = build;
        this.run = build.run();
        this.environment = run.environment();
        this.room = room;
        this.remote = room.remote();
        this.lock = lock;
    }

    /** Builds the site, or finds that another build has done so meanwhile. */
    public static DebPackage build(SitePackages build) {
        var run = build.run();
        build.requireServer();
        if (run.dry()) {
            throw new DryRunStop("the site would be built now; what follows depends on its packages");
        }
        try (var lock = BuildLock.take(run, run.environment().get(Key.PACKAGE_DIR))) {
            var meanwhile = build.built();
            if (meanwhile.isPresent()) {
                run.here().unchanged("build " + meanwhile.get(), "another build has built it");
                return meanwhile.get();
            }
            lock.doing("makes ready the build container");
            try (var room = BuildMachine.open(run, build.room())) {
                if (room.user() == null) {
                    throw Failure.usage("local", "a site is built at its final path, so only in a container")
                            .remedy("install LXC on this machine: init does it for an environment with lxc");
                }
                return new SiteBuilder(build, room, lock).packages();
            }
        }
    }

    private DebPackage packages() {
        remote.record(ShellScript.of(SCRIPTS + "begin", room.work()).asRoot());
        if (build.needsLock()) {
            makeLock();
        }
        var env = build.builtEnv().map(this::asBefore).orElseGet(this::environment);
        var src = build.builtSrc().map(this::asBefore).orElseGet(this::sources);
        return site(env, src);
    }

    private String does(String step) {
        lock.doing(step);
        return step;
    }

    private Command script(String name, Object... arguments) {
        return ShellScript.printing(Map.of("lock", ShellScript.text("python/lock.py")), PRELUDES, name, arguments)
                .as(room.user());
    }

    private Input network() {
        return room.network().input().then(Input.of("\n"));
    }

    /** Writes it into the project, to be committed. */
    private void makeLock() {
        var requirements = build.requirements();
        var more = build.server().stream().filter(name -> !requirements.has(name)).toArray();
        var made = remote.run(does("lock " + requirements.file()), script("python/lock", room.work(),
                requirements.file(), "/usr/bin/python3").with(more)
                .reading(network().then(Input.of(requirements.text()))));
        build.locked(made + "\n");
        if (build.source().revision().isPresent()) {
            run.here().warn(build.source().revision().get() + " has no " + Requirements.LOCK
                    + ": built of what the index says today, and again another day it may be something else");
            return;
        }
        var file = environment.folder().resolve(Requirements.LOCK);
        var step = run.report().begin("local", "write " + Requirements.LOCK);
        try {
            WholeFile.write(file, part -> Files.writeString(part, made + "\n"));
        } catch (IOException e) {
            step.done(Outcome.FAILED);
            throw Failure.failed(file.toString(), e.toString());
        }
        step.done(Outcome.CHANGED);
        run.here().note("commit " + Requirements.LOCK + ": the next build is of what it says");
    }

    private DebPackage asBefore(DebPackage deb) {
        remote.record(ShellScript.of(SCRIPTS + "unpack", room.work()).reading(Input.file(deb.file())).asRoot());
        run.here().unchanged("build " + deb.name(), "it is built already");
        return deb;
    }

    /** An empty folder at the final path, of the user who builds. */
    private void place(String target) {
        remote.record(ShellScript.of(SCRIPTS + "begin", target).asRoot());
    }

    private DebPackage environment() {
        var target = "/usr/lib/" + build.site().software() + "-env/" + build.envHash();
        place(target);
        var lock = pipLock();
        var said = remote.run(does("build " + build.envName()), script(SCRIPTS + "env", room.work(), target, EPOCH)
                .reading(network().then(Input.of(control(build.envName(), build.machine().architecture(),
                        depends("PYTHON", build.envPackages()), "Python environment of " + build.site().software()),
                        ".\n", lock))));
        return fetch(said, "", List.of());
    }

    /** As pip reads it. */
    private String pipLock() {
        var requirements = build.requirements();
        if (!requirements.isForeign()) {
            return requirements.lock().orElseThrow().strip() + "\n";
        }
        var project = requirements.file().equals("uv.lock")
                ? "---\n" + build.source().text("pyproject.toml").orElse("") : "";
        return remote.read(script(SCRIPTS + "project", room.work(), requirements.file())
                .reading(Input.of(requirements.text(), "\n", project)).asking()) + "\n";
    }

    private DebPackage sources() {
        var target = "/usr/lib/" + build.site().software() + "-src/" + build.srcHash();
        place(target);
        var archive = build.source().export();
        try {
            var said = remote.run(does("build " + build.srcName()), script(SCRIPTS + "src", room.work(), target,
                    "/usr/bin/python3", EPOCH).reading(
                            Input.of(control(build.srcName(), "all",
                                    depends("", build.srcPackages()), "sources of " + build.site().software()), ".\n")
                                    .then(Input.file(archive))));
            return fetch(said, build.source().commit(), List.of());
        } finally {
            archive.toFile().delete();
        }
    }

    private DebPackage site(DebPackage env, DebPackage src) {
        var files = build.files();
        var version = build.version(files);
        var release = build.site().release(version.text());
        place(release);
        var text = files.of(version.text()).stream().map(SiteFiles.File::line).collect(Collectors.joining());
        var said = remote.run(does("build " + build.site() + " " + version),
                script(SCRIPTS + "site", room.work(), release,
                        build.site().folder() + "/package", build.settings().orElse(""), build.epoch())
                        .reading(Input.of(text)));
        return fetch(said, build.source().commit(), List.of(env.file(), src.file()));
    }

    private static String depends(String first, List<String> packages) {
        var all = new ArrayList<>(packages);
        if (!first.isEmpty()) {
            all.add(0, first);
        }
        return all.isEmpty() ? "" : "Depends: " + String.join(", ", all) + "\n";
    }

    private static String control(String name, String architecture, String depends, String what) {
        return "Package: " + name + "\nVersion: 1\nArchitecture: " + architecture
                + "\nSection: web\nPriority: optional\n"
                + "Maintainer: " + name + " <root@localhost>\n" + depends + "Description: " + what + "\n"
                + " Built by dragonfab.\n";
    }

    /** @param said by the script that packed it: a line of file, name, version, architecture and checksum */
    private DebPackage fetch(String said, String commit, List<Path> companions) {
        var part = said.lines().map(line -> line.split("\t")).filter(each -> each.length == 5)
                .reduce((first, last) -> last)
                .orElseThrow(() -> Failure.failed(remote.name(), "the build made no package"));
        var file = environment.get(Key.PACKAGE_DIR).resolve(part[0]);
        Download.fetch(remote, "fetch " + part[0], room.work() + "/" + part[0], file);
        if (!Checksum.of(file).equals(part[4])) {
            throw Failure.failed(remote.name(), part[0] + " is not what the build reported");
        }
        var deb = new DebPackage(part[1], new DebVersion(part[2]), part[3], file, part[4], commit, companions,
                build.with());
        try {
            deb.writeManifest();
        } catch (IOException e) {
            throw Failure.failed(file.toString(), e.toString());
        }
        return deb;
    }
}
