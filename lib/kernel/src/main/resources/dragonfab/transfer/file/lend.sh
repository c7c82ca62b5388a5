# usage: file-lend FILE SECONDS
# Hands a file on to whoever says the word. First it prints its port, the word, and this machine's addresses. It ends
# with its standard input, and after SECONDS at the latest.
set -eu
# shellcheck disable=SC2016,SC2046
exec perl -MIO::Socket::INET -MPOSIX=setgid,setuid -e '
    use strict;
    my $nobody = 65534;
    my ($path, $seconds, @addresses) = @ARGV;
    open my $random, "<:raw", "/dev/urandom" or die "no random numbers: $!\n";
    read($random, my $bytes, 16) == 16 or die "no random numbers\n";
    my $word = unpack "H*", $bytes;
    my $door = IO::Socket::INET->new(Listen => 64) or die "no port to listen at: $@\n";
    $SIG{CHLD} = "IGNORE";
    $| = 1;
    alarm $seconds;
    print join(" ", $door->sockport, $word, @addresses), "\n";
    while (1) {
        my $ready = "";
        vec($ready, fileno($_), 1) = 1 for \*STDIN, $door;
        next if select($ready, undef, undef, undef) < 1;
        last if vec($ready, fileno(STDIN), 1) && !sysread STDIN, my $byte, 1;
        next if !vec($ready, fileno($door), 1);
        my $guest = $door->accept or next;
        my $child = fork;
        next if !defined $child || $child;
        close $_ for \*STDIN, \*STDOUT, \*STDERR, $door;
        open my $file, "<:raw", $path or exit 1;
        # Strangers can talk to it from here on.
        $) = "$nobody $nobody";
        setgid($nobody) && setuid($nobody) or exit 1;
        alarm 30;
        my $said = "";
        while ($said !~ /\n/ && length $said <= length $word && sysread $guest, my $more, 64) { $said .= $more }
        exit 1 if $said ne "$word\n";
        while (read $file, my $part, 65536) {
            print $guest $part or exit 1;
            alarm 30;
        }
        close $guest;
        exit 0;
    }
' "$1" "$2" $(hostname -I)
