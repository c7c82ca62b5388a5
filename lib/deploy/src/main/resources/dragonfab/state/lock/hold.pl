# usage: FOLDER WAIT INFO MARK [COUNT WORD...]...
# Whoever looks takes the lock for a moment, so WAIT should be a second at least.
# Holds the lock for whoever feeds it a byte now and then, and lets go when nothing came for a minute. First it prints
# "held", or why it cannot be had. Nobody gets it while a step of the one before still runs. Each question, a command of
# COUNT words, is answered next, which saves whoever takes the lock a way there and back; "MARK CODE" ends its answer,
# and what lies here cannot know MARK.
# One process, for dozens are asked at once; it needs no more than Debian's perl-base.
use strict;
# A name for ps would take the place of the environment, where our mark is: see RemoteKill.
my (undef, $folder, $wait, $info, $mark, @questions) = @ARGV;

sub opened {
    my ($mode, $path) = @_;
    open my $file, $mode, $path or die "$path: $!\n";
    return $file;
}

# @held what keeps a step from its end
sub refused {
    my ($why, $path, @held) = @_;
    my $whose = -f $path ? readline opened("<", $path) : "";
    chomp $whose;
    print join("\t", "$why $whose", @held), "\n";
    exit 75;
}

sub held {
    -f "$folder/step/end" or return ();
    my $held = qx(perl "$folder/step/end" "$folder" late);
    return $held =~ /^held (.*)/ ? $1 : ();
}

sub had {
    my $file = shift;
    local $SIG{ALRM} = sub { die };
    my $had = eval { alarm $wait; flock $file, 2 };
    alarm 0;
    return $had;
}

sub answer {
    my ($program, $flag, $text, @arguments) = @_;
    # Perl runs already. Such a question must not read what is for us, nor exit.
    if ("$program $flag" eq "perl -e") {
        local @ARGV = @arguments;
        return 0 if eval "package Question; $text; 1";
        print STDERR $@;
        return 1;
    }
    my $child = fork;
    defined $child or die "fork: $!\n";
    if ($child == 0) {
        open STDIN, "<", "/dev/null";
        exec { $program } @_ or exit 127;
    }
    waitpid $child, 0;
    return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

# What is kept is root's alone, whatever umask made it: whoever can open a lock can hold it, and a timer runs what lies
# here. Only what the web server reads stays readable; what others have put here is taken away.
sub tighten {
    my ($path, $allowed) = @_;
    my ($mode, $owner) = (lstat $path)[2, 4] or return;
    return if -l _ && $owner == $>;
    return system("rm", "-rf", "--", $path) if $owner != $>;
    my $is_folder = -d _;
    my $more = $allowed & ($is_folder ? 0055 : 0044);
    chmod $mode & 0700 | $more, $path or die "$path: $!\n" if ($mode & 07777) != ($mode & 0700 | $more);
    return if !$is_folder;
    opendir my $inner, $path or die "$path: $!\n";
    tighten("$path/$_", $allowed) for grep { !/^\.\.?$/ } readdir $inner;
}

sub enclose {
    my ($above) = $folder =~ m{(.*)/};
    -d $above or system("mkdir", "-p", "-m", "0711", "--", $above) == 0 or exit 1;
    mkdir $folder, 0711 or -d $folder or die "$folder: $!\n";
    my ($mode, $owner) = (lstat $folder)[2, 4];
    -d _ && $owner == $> or die "$folder is somebody else's: look at it, and remove it\n";
    chmod 0711, grep { ((stat)[2] & 07777) != 0711 } $above =~ m{/dragonfab$} ? $above : (), $folder;
    opendir my $inner, $folder or die "$folder: $!\n";
    tighten("$folder/$_", /^(web|maintenance\.on)$/ ? 0055 : 0) for grep { !/^\.\.?$/ } readdir $inner;
}

umask 077;
enclose();
my $lock = opened(">>", "$folder/lock");
my $step = opened(">>", "$folder/step.lock");
had($lock) or refused("owner", "$folder/owner");
had($step) or refused("step", "$folder/owner", held());
-f "$folder/hold" and refused("hold", "$folder/hold");
close $step;
my $owner = opened(">", "$folder/owner.new");
(print $owner "$info\n") && close $owner && rename "$folder/owner.new", "$folder/owner" or die "$folder/owner: $!\n";
umask 022;
$| = 1;
print "held\n";
$| = 0;
while (@questions) {
    my @question = splice @questions, 0, shift @questions;
    print "$mark ", answer(@question), "\n";
}
$| = 1;
while (1) {
    vec(my $ears = "", 0, 1) = 1;
    select($ears, undef, undef, 60) > 0 && sysread(STDIN, my $said, 64) or last;
}
unlink "$folder/owner";
