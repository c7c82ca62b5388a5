# usage: NAME
# Prints what a deploy has to know of this machine, as "key value" lines. Dozens are asked at once: each process counts.
use strict;
my (undef, $name) = @ARGV;
my $state = "/var/lib/dragonfab/$name";

sub lines {
    open my $file, "<", shift or return;
    # The last one may have been cut off.
    return map { s/\n//r } readline $file;
}

sub is_there {
    my $program = shift;
    return grep { -x "$_/$program" } split /:/, $ENV{PATH};
}

sub names {
    opendir my $folder, shift or return;
    return grep { !/^\./ } sort readdir $folder;
}

sub checksums {
    my @files = @_;
    my $size = 0;
    $size += -s for @files;
    # Three times as fast, where the processor can do it, but slow to start.
    my @program = $size > 4e6 && is_there("openssl") ? qw(openssl dgst -sha256 -r) : qw(sha256sum --);
    open my $sums, "-|", @program, @files or return;
    return readline $sums;
}

print "rsync yes\n" if is_there("rsync");
print "answers ", lines("$state/answers"), "\n" if -f "$state/answers";
print "armed ", lines("$state/way-back/armed"), "\n" if -f "$state/way-back/armed";
print "closed yes\n" if -f "$state/maintenance.on";

# What dpkg could not merge into its status is nothing to its own reports, and all to apt.
my $unfinished = names("/var/lib/dpkg/updates");
# As apt reads it: dpkg-query takes as long as all else here together.
open my $packages, "<", "/var/lib/dpkg/status" or die "/var/lib/dpkg/status: $!\n";
{
    local $/ = "";
    while (my $package = readline $packages) {
        my ($flag, $status) = $package =~ /^Status: \S+ (\S+) (\S+)$/m or next;
        $unfinished ||= $flag eq "reinstreq" || $status =~ /^(half|trig|unpacked)/;
        $package =~ /^Package: (\Q$name\E|dpkg)$/m or next;
        my $which = $1;
        my %is = $package =~ /^(Version|Architecture|Status): (.*)$/mg;
        print "architecture $is{Architecture}\n" if $which eq "dpkg";
        my $whole = $is{Status} eq "install ok installed" ? "ii" : $is{Status};
        print "installed $whole|$is{Version}\n" if $which eq $name;
    }
}
print "unfinished yes\n" if $unfinished;

my @kept = map { "$state/packages/$_" } grep { /\.deb$/ } names("$state/packages");
print map { m{^\\?(\w{64}).*/(.*)} ? "kept $1 $2\n" : () } @kept ? checksums(@kept) : ();
print map { /"event":"step"/ ? () : "journal $_\n" } lines("$state/journal");
