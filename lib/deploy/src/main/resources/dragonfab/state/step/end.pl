# usage: FOLDER [over | name | late]
# Ends the step that runs, and prints what kept it from its end: what was left behind first, so that dpkg may come to its
# own end; whoever runs the step says how it ended. With "over" it does so only when the time of the step is over. With
# "name" it ends nothing; with "late" neither, and it prints only of a step whose time is over or that nobody runs.
use strict;
my ($folder, $mode) = (@ARGV, "");
my $step = "$folder/step";

sub text {
    open my $file, "<", shift or return "";
    local $/;
    return readline($file) // "";
}

my ($unit, $main, $until, $now) = map { text($_) =~ /^([\w\\:.@-]+)/ ? $1 : 0 }
    "$step/unit", "$step/pid", "$step/until", "/proc/uptime";

# The parent of each process of the step: what is in its unit, or without systemd what inherited its name.
sub members {
    my ($file, $pattern) = -d "/run/systemd/system" ? ("cgroup", qr{/\Q$unit\E\.service(?:/|$)}m)
        : ("environ", qr/(?:^|\0)DRAGONFAB_STEP=\Q$unit\E(?:\0|$)/);
    my %parents;
    for my $pid ($unit ? map { m{(\d+)$} } glob("/proc/[0-9]*") : ()) {
        $pid != $$ && text("/proc/$pid/$file") =~ $pattern or next;
        my ($state, $parent) = text("/proc/$pid/stat") =~ /^.*\) (\S) (\d+)/s or next;
        $parents{$pid} = $parent if $state ne "Z";
    }
    return %parents;
}

# Who runs the step, or its line when that one was killed.
sub runs {
    my $pid = shift;
    return $pid == $main || text("/proc/$pid/cmdline") =~ m{^sh\0\Q$step\E/line};
}

# Nobody of the step waits for these; of a step that nobody runs any more, nobody knows.
sub left_behind {
    my %parents = @_;
    grep { runs($_) } keys %parents or return ();
    return sort { $a <=> $b } grep { !runs($_) && !exists $parents{$parents{$_}} } keys %parents;
}

# Of its words only those that are a path or a number, for others may be secret.
sub shown {
    my $pid = shift;
    my ($first, @words) = split /\0/, text("/proc/$pid/cmdline");
    my @shown = map { m{^[\w./+:-]{1,60}$} && m{/|^\d+$} ? $_ : "..." } @words[0 .. ($#words < 1 ? $#words : 1)];
    my ($program) = text("/proc/$pid/comm") =~ /^([\w.+:-]+)/ ? $1 : "?";
    return "$program (process $pid" . (@shown ? ": " . join(" ", $program, @shown) : "") . ")";
}

sub culprits {
    my %parents = @_;
    my @left = left_behind(%parents);
    my %is_parent = map { $_ => 1 } values %parents;
    my @all = @left ? @left : sort { $a <=> $b } grep { $_ != $main && !$is_parent{$_} } keys %parents;
    return join ", ", map { shown($_) } @all[0 .. ($#all < 2 ? $#all : 2)];
}

sub await {
    my ($seconds, $over) = @_;
    for (1 .. $seconds * 10) {
        return 1 if $over->();
        select undef, undef, undef, 0.1;
    }
    return 0;
}

sub others {
    my %parents = members();
    return grep { $_ != $main } keys %parents;
}

# All below them too; politely first.
sub end {
    my %parents = members();
    my %doomed = map { $_ => 1 } @_;
    for (1 .. keys %parents) {
        exists $doomed{$parents{$_}} and $doomed{$_} = 1 for keys %parents;
    }
    delete $doomed{$main};
    for my $signal (qw(TERM CONT KILL)) {
        kill $signal, keys %doomed;
        return if $signal ne "TERM" && await(2, sub { my %now = members(); !grep { $now{$_} } keys %doomed });
    }
}

my %parents = members();
my $names = culprits(%parents);
if ($mode eq "late") {
    print "held $names; to end it: sudo perl $step/end $folder\n"
        if $names && ($now > $until || !exists $parents{$main});
    exit;
}
exit 1 if $mode eq "over" && $now < $until;
print "$names\n" if $names;
exit if $mode eq "name";
open my $late, ">", "$step/late" or die "$step/late: $!\n";
print $late $names || "nothing";
close $late;
my @left = left_behind(%parents);
end(@left) if @left;
await(5, sub { !others() }) or end(others());
