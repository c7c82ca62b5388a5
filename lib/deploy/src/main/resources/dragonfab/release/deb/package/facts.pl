# What only packages have: the one that runs, those that are kept, and what apt and debconf would meet.
print "rsync yes\n" if is_there("rsync");
print "answers ", lines("$state/answers"), "\n" if -f "$state/answers";

# What dpkg could not merge into its status is nothing to its own reports, and all to apt.
my $unfinished = names("/var/lib/dpkg/updates");
my $written = "";
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
        $written .= $package =~ s/^Status: .*\n|\n+\z//mgr . "\n" if $which eq $name;
        print "architecture $is{Architecture}\n" if $which eq "dpkg";
        print "running $is{Version}\n" if $which eq $name && $is{Status} eq "install ok installed";
    }
}
print "unfinished yes\n" if $unfinished;
open my $release, "<", "/etc/os-release";
print map { /^VERSION_CODENAME="?([a-z0-9.-]+)/ ? "suite $1\n" : () } readline $release;

# What we installed is what runs as long as dpkg has the same written down of it.
sub text {
    open my $file, "<", shift or return "";
    local $/;
    return readline($file) // "";
}
my ($checksum, $then) = split /\n/, text("$state/installed"), 2;
if (defined $then) {
    $written .= text($_) for map { glob("/var/lib/dpkg/info/{$name,$name:*}.$_") }
        qw(list md5sums preinst postinst prerm postrm config templates);
    print "running-checksum ", $then eq $written ? $checksum : "foreign", "\n";
}

my @kept = map { "$state/packages/$_" } grep { /\.deb$/ } names("$state/packages");
print map { m{^\\?(\w{64}).*/(.*)} ? "kept $1 $2\n" : () } @kept ? checksums(@kept) : ();
