# What only packages have: the one that runs, those that are kept, and what apt and debconf would meet.
print "rsync yes\n" if is_there("rsync");
print "source yes\n" if -e "$state/source" || -e "/etc/apt/sources.list.d/dragonfab-$name.sources";
print "answers ", lines("$state/answers"), "\n" if -f "$state/answers";

# What a step of ours handed to dpkg, until dpkg was done with it.
my %touched = map { /^(\S+)/ ? ($1 => 1) : () } lines("$state/touched");

sub paragraphs {
    my ($path, $each) = @_;
    open my $file, "<", $path or die "$path: $!\n";
    local $/ = "";
    while (my $package = readline $file) { $each->($package) }
}

# Somebody else's dpkg is at work: what is half done now is not so for long, and apt waits for it.
sub busy {
    my %lock = map { my $inode = (stat)[1]; defined $inode ? ($inode => 1) : () }
        "/var/lib/dpkg/lock", "/var/lib/dpkg/lock-frontend";
    return grep { /:(\d+) \S+ \S+$/ && $lock{$1} } lines("/proc/locks");
}

# What dpkg could not merge into its status is nothing to its own reports, and all to apt.
my @updates = grep { /^\d+$/ } names("/var/lib/dpkg/updates");
my $unfinished = 0;
my $written = "";
my (%update, %broken);
for my $update (@updates) {
    my $path = "/var/lib/dpkg/updates/$update";
    -s $path or $unfinished = 1;
    paragraphs($path, sub { $update{$1} = $_[0] if $_[0] =~ /^Package: (\S+)$/m });
}

# Triggers are others' business, but it was our step that pulled them.
sub left {
    my ($which, $status) = @_;
    if ($which eq $name || $touched{$which} || %touched && $status =~ /^trig/) { $unfinished = 1 }
    else { $broken{$which} = $status }
}

sub look {
    my $package = shift;
    my ($want, $flag, $status) = $package =~ /^Status: (\S+) (\S+) (\S+)$/m or return;
    my $half = $flag eq "reinstreq" || $status =~ /^(half|trig|unpacked)/;
    my ($which) = $package =~ /^Package: (\S+)$/m or return;
    left($which, $flag eq "reinstreq" ? "half-installed" : $status) if $half;
    return if $which ne $name && $which ne "dpkg";
    $written .= $package =~ s/^Status: .*\n|\n+\z//mgr . "\n" if $which eq $name;
    print "architecture $1\n" if $which eq "dpkg" && $package =~ /^Architecture: (.*)$/m;
    print "running $1\n" if $which eq $name && "$flag $status" eq "ok installed" && $package =~ /^Version: (.*)$/m;
    print "held yes\n" if $which eq $name && $want eq "hold";
}

# As apt reads it: dpkg-query takes as long as all else here together.
paragraphs("/var/lib/dpkg/status", sub {
    my $package = shift;
    my $newer = %update && $package =~ /^Package: (\S+)$/m ? $update{$1} : undef;
    look($newer || $package);
});
left($_, "interrupted") for grep { !$broken{$_} } keys %update;
%broken = () if %broken && busy();
print map { "broken $_ $broken{$_}\n" } sort keys %broken;
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

# Of what is installed, as package/units.sh asks it of what is coming.
my @files = map { -f $_ ? lines($_) : () } "/var/lib/dpkg/info/$name.list", glob("/var/lib/dpkg/info/$name:*.list");
print "starts nothing\n" if @files && !grep { m{^(/usr)?/lib/systemd/system/[^/]+\.(service|socket|timer|path)$} ||
    m{^/etc/(systemd/system|init\.d|cron\.[a-z]+|nginx|apache2|lighttpd|caddy|php|uwsgi|supervisor|sv)/.} } @files;

my @kept = map { "$state/packages/$_" } grep { /\.deb$/ } names("$state/packages");
print map { m{^\\?(\w{64}).*/(.*)} ? "kept $1 $2\n" : () } @kept ? checksums(@kept) : ();
