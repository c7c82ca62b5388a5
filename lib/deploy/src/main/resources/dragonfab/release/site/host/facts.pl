# What only sites have: the release that the link is at, and each that is whole.
my ($software, $variant) = $name =~ /^(.+)-site-(.+)$/;
my $folder = "/usr/lib/$software-site/$variant";
my $current = readlink("/etc/$software-site/$variant/current") // "";
my $unfinished = 0;
sub whole {
    my $release = shift;
    return -f "$release/release" && -e "$release/env/bin/python" && -d "$release/src";
}
for my $version (names("$folder/releases")) {
    my $release = "$folder/releases/$version";
    my @artifacts = lines("$folder/artifacts/$version");
    next unless whole($release);
    print map { /^(\w{64}) (\S+)$/ ? "kept $1 $2\n" : () } @artifacts;
    next unless $current eq $release;
    print "running $version\n";
    my ($sum) = @artifacts ? $artifacts[0] =~ /^(\w{64}) / : ();
    print "running-checksum ", $sum // "foreign", "\n";
}
opendir my $releases, "$folder/releases";
$unfinished = 1 if $releases && grep { /\.new$/ } readdir $releases;
my ($serving) = $current =~ m{([^/]+)$};
my ($mark) = $serving ? map { /^# (\w+)$/ ? $1 : () } lines("/etc/$software-site/$variant/app_env/$serving") : ();
print "app-env $mark\n" if defined $mark;
my $status;
open $status, "<", "/var/lib/dpkg/status" and do {
    local $/ = "";
    while (my $package = readline $status) {
        my ($which) = $package =~ /^Package: (\S+)$/m or next;
        print "architecture $1\n" if $which eq "dpkg" && $package =~ /^Architecture: (.*)$/m;
        my ($flag, $state) = $package =~ /^Status: \S+ (\S+) (\S+)$/m or next;
        next unless $flag eq "reinstreq" || $state =~ /^(half|trig|unpacked)/;
        if ($which eq $name || $which =~ /^\Q$software\E-(env|src)-/) { $unfinished = 1 }
        else { print "broken $which $state\n" }
    }
};
open my $os, "<", "/etc/os-release";
print map { /^VERSION_CODENAME="?([a-z0-9.-]+)/ ? "suite $1\n" : () } readline $os;
print "installed $_\n" for map { m{/(\Q$software\E-env-[0-9a-f]+|\Q$software\E-src-[0-9a-f]+)\.list$} ? $1 : () }
    glob("/var/lib/dpkg/info/$software-*.list");
print "unfinished yes\n" if $unfinished;
