package dragonfab.shell.ssh;

import dragonfab.report.Failure;
import java.util.regex.Pattern;

/** One host on the way to another, as ProxyJump names it: {@code [user@]host[:port]} or an ssh URI. */
public final class JumpHost {
    private static final Pattern SHAPE = Pattern.compile("(?:ssh://)?(?:(?<user>[^@]+)@)?"
            + "(?:\\[(?<v6>[^]]+)]|(?<host>[^:/@]+))(?::(?<port>\\d{1,5}))?/?");

    private JumpHost() {
    }

    /** The last host on the way to this one, itself reached through those before it. */
    public static ResolvedHost before(ResolvedHost target) {
        var jumps = target.jumps();
        var last = jumps.size() - 1;
        var jump = ResolvedHost.of(parse(target.settings(), jumps.get(last)));
        return last == 0 ? jump : jump.through(jumps.subList(0, last));
    }

    public static void refuseProxyCommand(ResolvedHost to) {
        if (to.proxyCommand() != null) {
            throw Failure.usage(to.place(), "ProxyCommand takes the system's own ssh, and the ssh configuration says: "
                    + to.proxyCommand())
                    .remedy("transport: openssh in environments.yml, or ProxyJump HOST in ~/.ssh/config");
        }
    }

    public static SshSettings parse(SshSettings target, String text) {
        var found = SHAPE.matcher(text.strip());
        if (!found.matches() || text.strip().startsWith("-")) {
            throw Failure.usage(target.name(), "not a jump host: " + text);
        }
        var address = found.group("v6") != null ? found.group("v6") : found.group("host");
        var port = found.group("port") == null ? 0 : Integer.parseInt(found.group("port"));
        return SshSettings.to(found.group("user"), address, port).named("jump host " + address)
                .config(target.configFile()).within(target.connectTimeout())
                .alive(target.aliveInterval(), target.aliveCount()).answeredBy(target.person());
    }
}
