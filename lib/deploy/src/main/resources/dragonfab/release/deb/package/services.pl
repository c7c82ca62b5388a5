# usage: NAME [UNIT...]
# Prints the units that should run and do not; without names, those that the package brings and that are enabled.
use strict;
my (undef, $name, @units) = @ARGV;

sub brought {
    my $files;
    open $files, "<", "/var/lib/dpkg/info/$name.list" or open $files, "-|", "dpkg-query", "-L", $name or return;
    return map { m{^(?:/usr)?/lib/systemd/system/([^/@]*\.(?:service|socket|timer))$} } readline $files;
}

# What systemd says of each, in their order.
sub shown {
    my @asked = @_;
    open my $systemctl, "-|", "systemctl", "show", "-p",
        "LoadState,ActiveState,Result,Type,UnitFileState", "--", @asked or die "systemctl: $!\n";
    local $/ = "";
    return map { +{ /^(\w+)=([a-z-]*)$/mg } } readline $systemctl;
}

my $named = @units > 0;
@units = brought() unless $named;
@units = () unless -d "/run/systemd/system";
my @shown = @units ? shown(@units) : ();
# A name that can be none is answered by nothing at all.
@shown = map { my ($one) = shown($_); $one || {} } @units if @shown != @units;
for my $unit (@units) {
    my $is = shift @shown;
    my $active = $is->{ActiveState};
    if ($active eq "failed" || $active eq "activating") {
        print "$unit is $active ($is->{Result})\n";
    } elsif ($named && $active ne "active") {
        print "$unit is ", $is->{LoadState} || "unknown", ", ", $active || "inactive", "\n";
    } elsif ($is->{UnitFileState} eq "enabled" && $active ne "active" && $is->{Type} ne "oneshot") {
        print "$unit is $active although it is enabled\n";
    }
}
