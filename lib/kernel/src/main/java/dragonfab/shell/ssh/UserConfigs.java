package dragonfab.shell.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What ssh has answered in this run: an answer is for all hosts that its configuration does not tell apart. Each
 * question is a process, and dozens of hosts are asked about at once.
 */
final class UserConfigs {
    private static final Map<List<String>, UserConfigs> ALL = new ConcurrentHashMap<>();

    private final Function<SshSettings, UserConfig> ssh;
    private final List<Answer> answers = new ArrayList<>();
    private boolean apart;

    private record Answer(String address, HostPatterns rules, UserConfig config) {
    }

    /** @param ssh answers for one host */
    UserConfigs(Function<SshSettings, UserConfig> ssh) {
        this.ssh = ssh;
    }

    static UserConfig of(SshSettings settings) {
        return ALL.computeIfAbsent(UserConfig.options(settings), options -> new UserConfigs(UserConfig::of))
                .about(settings);
    }

    UserConfig about(SshSettings settings) {
        synchronized (this) {
            if (!apart) {
                for (var answer : answers) {
                    if (answer.rules().alike(answer.address(), settings.address())) {
                        return answer.config().of(settings.address());
                    }
                }
                return ask(settings);
            }
        }
        return ssh.apply(settings);
    }

    private UserConfig ask(SshSettings settings) {
        var config = ssh.apply(settings);
        HostPatterns.of(config.files()).ifPresentOrElse(rules -> {
            // A host with another name in the configuration is nobody's like.
            if (settings.address().equals(config.one("hostname"))) {
                answers.add(new Answer(settings.address(), rules, config));
            }
        }, () -> apart = true);
        return config;
    }
}
