# Stands before each script that asks for facts. usage: NAME
# Prints what a deploy has to know of an application, whatever kind its releases are, as "key value" lines. Dozens of
# machines are asked at once: each process counts.
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

# An installation of before named the folder way-back.
print map { -f "$state/$_/armed" ? ("armed ", lines("$state/$_/armed"), "\n") : () } qw(rollback way-back);
print map { "rollback-failed $_\n" } lines("$state/rollback/failed") if -f "$state/rollback/armed";
print map { "not-as-before $_\n" } lines("$state/rollback/left") unless -f "$state/rollback/armed";
print "systemd no\n" unless -d "/run/systemd/system";
print "closed yes\n" if -f "$state/maintenance.on";
print map { /"event":"step"/ ? () : "journal $_\n" } lines("$state/journal");
