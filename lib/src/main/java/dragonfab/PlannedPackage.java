package dragonfab;

import dragonfab.config.Key;
import dragonfab.ops.DebContents;
import dragonfab.ops.DebPackage;
import dragonfab.ops.DebVersion;
import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The package that a sequence would deploy: the very file, or only its version while it is not built.
 *
 * @param deb     null while it is not built, and where the sequence deploys none
 * @param version null where the sequence deploys none
 */
record PlannedPackage(DebPackage deb, DebVersion version) {

    /** What deb-build or deb-publish would hand on if it is there, the file that deb-deploy names, or the newest. */
    static PlannedPackage of(Run run, Sequence sequence) {
        var deploys = sequence.step("deb-deploy");
        if (deploys.isEmpty() || !run.environment().has(Key.PACKAGE_NAME)) {
            return new PlannedPackage(null, null);
        }
        var named = deploys.get().arguments().stream().filter(word -> word.endsWith(".deb")).findFirst();
        var builds = sequence.step("deb-build");
        var from = sequence.step("deb-publish").flatMap(publish -> publish.option("--from"));
        if (named.isEmpty() && builds.isEmpty() && from.isPresent()) {
            return lying(Suite.of(run, run.other(from.get())).newest(run.environment().get(Key.PACKAGE_NAME)));
        }
        if (named.isPresent() || builds.isEmpty()) {
            return lying(Packages.toDeploy(run, named.map(Path::of).orElse(null)));
        }
        var packages = Packages.of(run, builds.get().arguments().contains("--dirty"));
        return packages.built().map(deb -> at(deb.file()))
                .orElseGet(() -> new PlannedPackage(null, packages.build().version()));
    }

    /** One in the repository need not lie here too. */
    private static PlannedPackage lying(DebPackage deb) {
        return Files.exists(deb.file()) ? at(deb.file()) : new PlannedPackage(null, deb.version());
    }

    /** That of a plan. */
    static PlannedPackage at(Path file) {
        if (!Files.exists(file)) {
            throw Failure.refused(file.toString(), "the package of the plan is gone");
        }
        var deb = DebPackage.of(file);
        return new PlannedPackage(deb, deb.version());
    }

    /** Whether the sequence deploys one. */
    boolean any() {
        return version != null;
    }

    boolean known() {
        return deb != null;
    }

    /** What is in it and in its companions; empty while it is not built. */
    List<DebContents> contents(Run run) {
        return Optional.ofNullable(deb).map(DebPackage::files).orElse(List.of()).stream()
                .map(file -> DebContents.of(file, packed -> unpacked(run.here(), packed))).toList();
    }

    /** By the program, for Java has none of its own. */
    private static InputStream unpacked(Remote here, Input packed) throws IOException {
        var file = Files.createTempFile("dragonfab-unpacked", "");
        try {
            here.save(Command.of("zstd", "-dcq").reading(packed).asking(), file);
        } catch (Failure failure) {
            Files.delete(file);
            throw failure.remedy("install zstd on this machine: the package is packed by it");
        }
        return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
