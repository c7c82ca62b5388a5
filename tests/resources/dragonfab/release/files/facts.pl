# What only two directories and a link have: the one that the link is at, and each release that is whole.
my $root = "/srv/$name";
my $current = readlink("$root/current") // "";
my $unfinished = -e "$root/incoming" || -l "$root/current.new";
for my $folder (grep { -d "$root/$_" } "a", "b") {
    my ($sum, $artifact, $version) = map { split / / } lines("$root/$folder/.release");
    if (!defined $version) {
        $unfinished = 1;
        next;
    }
    print "kept $sum $artifact\n", "folder $folder $sum\n";
    print "running $version\n", "running-checksum $sum\n", "current $folder\n" if $folder eq $current;
}
print "unfinished yes\n" if $unfinished;
