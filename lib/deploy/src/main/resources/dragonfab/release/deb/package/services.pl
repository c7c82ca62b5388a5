# usage: NAME failing|unseen [UNIT...]
# Prints the units that should run and do not; without names, those that the package brings and that are enabled.
# Where systemd does not run, the scripts that start services at boot are asked; unseen are those that have none.
use strict;
my (undef, $name, $what, @units) = @ARGV;

sub files {
    my $list;
    open $list, "<", "/var/lib/dpkg/info/$name.list" or open $list, "-|", "dpkg-query", "-L", $name or return;
    return map { s/\n//r } readline $list;
}

# What systemd says of each, in their order.
sub shown {
    my @asked = @_;
    open my $systemctl, "-|", "systemctl", "show", "-p",
        "LoadState,ActiveState,Result,Type,UnitFileState", "--", @asked or die "systemctl: $!\n";
    local $/ = "";
    return map { +{ /^(\w+)=([a-z-]*)$/mg } } readline $systemctl;
}

# One that has no action "status" answers as if its service were dead.
sub script {
    my ($service) = shift =~ /^([\w.+-]+?)(?:\.service)?$/ or return;
    open my $script, "<", "/etc/init.d/$service" or return;
    return (grep { /^[^#]*\bstatus\b[^#]*\)/ } readline $script) ? $service : undef;
}

sub starts_at_boot {
    my $service = shift;
    return glob "/etc/rc[2-5].d/S[0-9][0-9]$service";
}

sub without_systemd {
    my @wanted = @units ? @units : map { m{^(?:/usr)?/lib/systemd/system/([^/@]*\.(?:service|socket|timer))$} ||
        m{^/etc/init\.d/([^/]+)$} ? $1 : () } files();
    my %seen;
    for my $unit (@wanted) {
        my $service = script($unit);
        if (!defined $service) {
            print "$unit\n" if $what eq "unseen";
        } elsif ($what eq "failing" && !$seen{$service}++ && (@units || starts_at_boot($service))) {
            system("timeout 10 /etc/init.d/$service status </dev/null >/dev/null 2>&1") >> 8 or next;
            print "$service does not run: /etc/init.d/$service status ended with ", $? >> 8, "\n";
        }
    }
}

sub with_systemd {
    my $named = @units > 0;
    @units = map { m{^(?:/usr)?/lib/systemd/system/([^/@]*\.(?:service|socket|timer))$} } files() unless $named;
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
}

if (!-d "/run/systemd/system") {
    without_systemd();
} elsif ($what eq "failing") {
    with_systemd();
}
