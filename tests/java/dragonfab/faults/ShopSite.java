package dragonfab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dragonfab.lab.Cli;
import dragonfab.lab.Lab;
import dragonfab.lab.Login;
import dragonfab.shell.Command;
import dragonfab.shell.ContainerShell;
import dragonfab.shell.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The shop in a container of its own, seen from outside: what it serves, what the target and the journal say, and what
 * is left.
 *
 * <p>It can be deployed by several environments: with and without maintenance, through lxc-attach and over SSH, and with
 * a snapshot for its rollback.
 */
final class ShopSite implements AutoCloseable {
    private static final HttpClient VISITOR = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final String DISK_MB = "400";

    private final String name;
    private final Shop shop;
    private final Path folder;
    private final Shell inside;
    private final Path disk;
    private Path changes;
    private int number;
    private int schema;

    private ShopSite(String name, Shop shop) throws IOException {
        this.name = name;
        this.shop = shop;
        this.folder = Files.createTempDirectory("dragonfab-shop");
        this.inside = new ContainerShell(Lab.HERE, Lab.PREFIX + name);
        this.disk = folder.resolve("disk");
    }

    /** Of packages, with its first release. */
    static ShopSite start(String name) throws Exception {
        return start(name, Shop.DEB);
    }

    /** With its first release. */
    static ShopSite start(String name, Shop shop) throws Exception {
        var site = new ShopSite(name, shop);
        try {
            site.prepare();
            return site;
        } catch (Throwable e) {
            site.close();
            throw e;
        }
    }

    private void prepare() throws Exception {
        var login = Login.in(folder);
        environments("localhost");
        assertWell(cli().run("init", "open"));
        onSmallDisk();
        login.to(name, inside, "deploy ALL=(ALL) NOPASSWD: ALL");
        environments(Lab.address(name));
        inside.read(shop.prepare());
        release(Shop.Kind.GOOD);
        assertWell(deploy("open"));
    }

    private void environments(String address) throws IOException {
        var open = shop.more("open");
        var closed = shop.more("closed");
        Files.writeString(folder.resolve("environments.yml"), """
                environments:
                  __all__:
                    packages: [nginx-light, python3, curl, openssh-server]
                    health: {url: /, contains: "release ${version}"}
                    health_timeout: 5
                    ssh_config: ssh_config
                    app_user: root
                    db_migrate: ./migrate
                    db_migrate_pending: ./pending
                %1$s
                  open: {lxc: %2$s%4$s}
                  closed: {lxc: %2$s%5$s}
                  whole:
                    lxc: %2$s
                    rollback: snapshot
                    deploy: [{run: touch /root/later}, deb-deploy, db-migrate, test]
                  open-ssh: {hosts: %3$s%4$s}
                  closed-ssh: {hosts: %3$s%5$s}
                """.formatted(shop.keys().indent(4).stripTrailing(), Lab.PREFIX + name, address, open, closed));
    }

    /** What is written there lands on a disk of its own, which can be filled without harm to others. */
    private void onSmallDisk() {
        Lab.run(Lab.HERE, """
                lxc-stop -n "$1"
                truncate -s "$3M" "$2"
                mkfs.ext4 -q -m 0 "$2"
                mv "/var/lib/lxc/$1" "/var/lib/lxc/$1.moved"
                mkdir "/var/lib/lxc/$1"
                mount -o loop "$2" "/var/lib/lxc/$1"
                cp -a "/var/lib/lxc/$1.moved/." "/var/lib/lxc/$1/"
                rm -rf "/var/lib/lxc/$1.moved"
                lxc-start -n "$1"
                """, container(), disk, DISK_MB);
        ready();
    }

    String container() {
        return Lab.PREFIX + name;
    }

    Shell inside() {
        return inside;
    }

    Cli cli() {
        return Cli.in(folder).changed(changes);
    }

    /** From now on deploys lack what is changed in that folder; null is all of it again. */
    void change(Path folder) {
        changes = folder;
    }

    /** Runs a deploy to its end. */
    Cli.Ran deploy(String environment, String... options) {
        var words = words(environment);
        words.addAll(List.of(options));
        return cli().run(words.remove(0), words.toArray(String[]::new));
    }

    /** Begins one, and tells what it says line by line. */
    Process beginDeploy(Consumer<String> line, String environment, String... options) throws IOException {
        var words = words(environment);
        words.addAll(List.of(options));
        return cli().follow(line, words.remove(0), words.toArray(String[]::new));
    }

    private List<String> words(String environment) {
        return new ArrayList<>(shop.deploy(environment));
    }

    /** Builds the next release, which every deploy takes from then on, and returns its title. */
    String release(Shop.Kind kind) throws IOException {
        var title = kind.rebuilt() ? number + ".0 rebuilt" : ++number + ".0";
        if (kind.migrates()) {
            schema++;
        }
        clear();
        shop.build(folder, title, kind, schema);
        return title;
    }

    /** A bad release is not deployed again by accident. */
    private void clear() throws IOException {
        try (var files = Files.isDirectory(folder.resolve("dist")) ? Files.list(folder.resolve("dist"))
                : java.util.stream.Stream.<Path>empty()) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** The next release has to bring a schema of its own when the one there is nobody's, or another's. */
    boolean schemaMoved() {
        return !inside.ask(Command.script("cat /var/lib/shop/schema 2>/dev/null || echo 0")).text()
                .equals(String.valueOf(schema)) || served().startsWith("500");
    }

    /** Waits until it is up: booted, with an address, and with a web server as far as it is installed. */
    void ready() {
        await(60, () -> inside.ask(Command.script("""
                s=$(systemctl is-system-running)
                [ "$s" = running ] || [ "$s" = degraded ] || exit 1
                hostname -I | grep -q .""")).ok());
    }

    static boolean await(int seconds, BooleanSupplier holds) {
        // A look takes the processor from what is looked at.
        long pause = 100;
        for (long end = System.nanoTime() + seconds * 1_000_000_000L; System.nanoTime() < end;) {
            try {
                if (holds.getAsBoolean()) {
                    return true;
                }
            } catch (RuntimeException notYet) {
                // A container that comes up cannot be entered at once.
            }
            pause(pause = Math.min(1000, pause * 3 / 2));
        }
        return holds.getAsBoolean();
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As "200 release 7.0", or what else a visitor gets. */
    String served() {
        return look(Lab.address(name));
    }

    static String look(String address) {
        try {
            var answer = VISITOR.send(HttpRequest.newBuilder(URI.create("http://" + address + "/"))
                    .timeout(Duration.ofSeconds(8)).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 503 ? "503" : answer.statusCode() + " " + answer.body().strip();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String address() {
        return Lab.address(name);
    }

    /** The title of what runs, by the target's own word; what else it says when that is not whole. */
    String running() {
        return inside.ask(shop.running()).text();
    }

    /**
     * What a deploy that is over leaves nowhere; empty when all is quiet. A unit that is dead is there for as long as a
     * process that a package left behind in it.
     */
    String left() {
        return inside.ask(Command.script("""
                cd /var/lib/dragonfab/shop
                flock -n lock true || echo locked
                flock -n step.lock true || echo "a step runs"
                ls rollback/armed 2>/dev/null
                systemctl list-units --all --plain --no-legend 'dragonfab-*' | grep -v ' inactive *dead '
                ls /etc/systemd/system | grep dragonfab
                """ + shop.left()).asRoot()).out();
    }

    /** The same, and what only the next command puts right. */
    String leftAfterAll() {
        return left() + inside.ask(Command.script(shop.half()).asRoot()).out();
    }

    /** Whatever it has become, it is sane again afterwards. */
    void mend() throws IOException {
        inside.ask(Command.of("rm", "-f", "/var/lib/shop/mixture"));
        release(Shop.Kind.MIGRATES);
        assertWell(deploy("closed", "--allow-no-rollback"));
    }

    /** Two of its migrations ran at once. */
    boolean mixed() {
        return inside.ask(Command.of("test", "-e", "/var/lib/shop/mixture")).ok();
    }

    boolean closed() {
        return inside.ask(Command.of("test", "-e", "/var/lib/dragonfab/shop/maintenance.on")).ok();
    }

    /** What the tools themselves say of it. */
    String status() {
        return cli().run("status", "open", "--json").out();
    }

    static void assertWell(Cli.Ran ran) {
        assertEquals(0, ran.exit(), ran.toString());
    }

    @Override
    public void close() {
        Lab.HERE.ask(Command.script("""
                lxc-stop -k -n "$1"
                umount "/var/lib/lxc/$1" || umount -l "/var/lib/lxc/$1"
                rm -rf "/var/lib/lxc/$1" "/var/lib/lxc/$1.moved"
                rm -rf -- "$2"
                """, container(), folder).asRoot());
    }
}
