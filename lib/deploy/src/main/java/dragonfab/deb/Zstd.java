package dragonfab.deb;

import dragonfab.report.Failure;
import dragonfab.shell.Command;
import dragonfab.shell.Input;
import dragonfab.shell.LocalShell;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;

/** Unpacks a control file by the program, for Java has none of its own. Ubuntu packs so. */
final class Zstd implements DebContents.Unpacking {

    @Override
    public InputStream open(Input packed) {
        var answer = new LocalShell(Path.of("").toAbsolutePath(), null)
                .ask(Command.of("zstd", "-dcq").reading(packed).asking());
        if (!answer.ok()) {
            throw Failure.usage("local", "zstd cannot unpack a package: " + answer.ended())
                    .remedy("install zstd on this machine: the package is packed by it");
        }
        return new ByteArrayInputStream(answer.bytes());
    }
}
