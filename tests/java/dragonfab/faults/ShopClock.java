package dragonfab.faults;

import dragonfab.lab.Lab;
import dragonfab.shell.Shell;

/**
 * A clock of its own for a container, which has none: every program there reads the time through it, and the seconds in
 * /run/clock-offset are added to it from one reading to the next.
 */
final class ShopClock {
    private static final String LIBRARY = """
            typedef struct { long seconds; long rest; } Time;
            long syscall(long, ...), read(int, void *, unsigned long), strtol(const char *, char **, int);
            int open(const char *, int, ...), close(int), *__errno_location(void);
            int clock_gettime(int clock, Time *now) {
                long failed = syscall(CLOCK_GETTIME, clock, now);
                if (failed || (clock != 0 && clock != 5)) return failed;
                int before = *__errno_location(), file = open("/run/clock-offset", 0);
                char text[24];
                long size = file < 0 ? 0 : read(file, text, 23);
                if (size > 0) { text[size] = 0; now->seconds += strtol(text, 0, 10); }
                if (file >= 0) close(file);
                *__errno_location() = before;
                return 0;
            }
            long time(long *seconds) {
                Time now;
                clock_gettime(0, &now);
                if (seconds) *seconds = now.seconds;
                return now.seconds;
            }
            int gettimeofday(Time *now, void *zone) {
                clock_gettime(0, now);
                now->rest /= 1000;
                return 0;
            }
            """;

    private ShopClock() {
    }

    /** Programs that start from now on read it. */
    static void install(Shell inside) {
        Lab.run(inside, """
                set -e
                rm -f /run/clock-offset
                command -v tcc >/dev/null || apt-get -y -q --no-install-recommends install tcc >/dev/null 2>&1
                case $(uname -m) in x86_64) number=228 ;; *) number=113 ;; esac
                printf '%s' "$1" > /root/clock.c
                tcc -shared -nostdlib -DCLOCK_GETTIME=$number -o /usr/local/lib/clock.so /root/clock.c
                echo /usr/local/lib/clock.so > /etc/ld.so.preload
                echo 86400 > /run/clock-offset
                [ "$(date +%s)" -gt $(($(stat -c %Y /run/clock-offset) + 86000)) ]
                perl -e 'exit(time < (stat "/run/clock-offset")[9] + 86000)'
                rm /run/clock-offset
                """, LIBRARY);
    }
}
