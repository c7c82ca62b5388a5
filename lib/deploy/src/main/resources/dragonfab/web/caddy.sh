# Stands before web/server: speaks to a Caddy as it runs, with its environment, its folder and its user.
# usage: ask_caddy PROCESS PROGRAM NAME -t|-T|-r
# -t looks at its configuration. -T prints the files of it, and then as JSON, each on a line: with the rules of NAME
# wherever their line is, as it lies there, as it runs. -r reloads, and fails where Caddy refuses.
ask_caddy() {
    perl - "$@" <<'END OF perl'
use strict;
use File::Glob qw(bsd_glob);
use File::Temp qw(tempdir);
my ($process, $program, $name, $verb) = @ARGV;
my $rules = "/etc/caddy/dragonfab/$name/maintenance.conf";
my (%set, %snippets, $work, $copies);

sub words_at { open my $file, "<", $_[0] or return ""; local $/; return <$file> // "" }
sub heard { open my $out, "-|", @_ or return ""; local $/; return (<$out> // "") =~ s/\s*\n\s*/ /gr }

my $place = $process ? readlink "/proc/$process/cwd" : "/";
if ($process) {
    my @words = split /\0/, words_at("/proc/$process/cmdline");
    while (defined(my $word = shift @words)) {
        if ($word =~ /^--?(config|adapter|envfile)(?:=(.*))?$/s) { $set{$1} = $2 // shift @words }
        elsif ($word =~ /^(--?resume(=true)?|-[ew]*r[ew]*)$/) { $set{resume} = 1 }
        elsif ($word =~ /^-[ew]*([ca])=?(.*)$/s && $word ne "-watch") {
            $set{ $1 eq "c" ? "config" : "adapter" } = $2 ne "" ? $2 : shift @words;
        }
    }
    %ENV = map { /^([^=]+)=(.*)/s ? ($1, $2) : () } split /\0/, words_at("/proc/$process/environ");
    chdir $place;
    for (split /\n/, defined $set{envfile} ? words_at($set{envfile}) : "") {
        my ($key, $value) = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/ or next;
        $ENV{$key} //= $value =~ s/^(["'])(.*)\1$/$2/r;
    }
}
# What runs would take a word of ours for one of its own.
delete $ENV{NOTIFY_SOCKET};
my $config = $set{config} // ($process && -e "Caddyfile" ? "Caddyfile" : "/etc/caddy/Caddyfile");
$config = "$place/$config" unless $config =~ m{^/};
my $adapter = $set{adapter} // ($config =~ m{/Caddyfile[^/]*$} ? "caddyfile" : "");
my @with = ("--config", $config, $adapter ne "" ? ("--adapter", $adapter) : ());

sub refuse { print STDERR "$_[0]\n"; exit 1 }

# Without the lines by which it tells what it is doing.
sub told {
    my $child = open my $said, "-|";
    if (!$child) {
        open STDERR, ">&", *STDOUT;
        $_[0]->();
        exec $program, @_[1 .. $#_] or exit 127;
    }
    my @lines = grep { !/^\{"level":"(info|warn)"/ && /\S/ } <$said>;
    close $said;
    exit 0 if $? == 0;
    refuse(join("", @lines) =~ s/\n$//r);
}

# A log file that is first opened by root is closed to the user it runs as.
sub become_its_user {
    my ($uid, $gid, $groups);
    if ($process) {
        my $status = words_at("/proc/$process/status");
        ($uid) = $status =~ /^Uid:\s+\d+\s+(\d+)/m;
        ($gid) = $status =~ /^Gid:\s+\d+\s+(\d+)/m;
        ($groups) = $status =~ /^Groups:[ \t]*([\d ]*)/m;
    }
    else {
        my @user = getpwnam "caddy" or return;
        ($uid, $gid, $ENV{HOME}) = @user[2, 3, 7];
    }
    return if $< || !$uid;
    ($(, $)) = ($gid, "$gid $gid " . ($groups // ""));
    ($<, $>) = ($uid, $uid);
}

if ($set{resume} && $verb ne "-T") {
    refuse("it runs with what its API was told last (--resume), and that can hold no line: let it read a Caddyfile");
}
refuse("there is no $config") if !-e $config && $verb ne "-T";
told(\&become_its_user, "validate", @with) if $verb eq "-t";
told(sub { }, "reload", @with, "--force") if $verb eq "-r";

sub with_environment { return $_[0] =~ s/\{\$(\w+)(?::([^}]*))?\}/$ENV{$1} \/\/ $2 \/\/ ""/ger }

# A folder without files is no trouble to Caddy, and leaves nothing to see in what it makes of its files. So it is
# asked about a copy, in which there are rules wherever the line is.
sub imported {
    my ($pattern, $folder) = @_;
    return $pattern if $snippets{$pattern} || $pattern =~ /\{args/;
    my $path = with_environment($pattern);
    $path = "$folder/$path" unless $path =~ m{^/};
    my $same = join "", map { $_ eq "*" ? "[^/]*" : $_ eq "?" ? "[^/]" : quotemeta } split //, $path;
    return "$work/rules" if $rules =~ /^$same$/;
    my @files = sort(bsd_glob($path)) or return $path;
    my $copy = "$work/" . ++$copies;
    mkdir $copy;
    my $number = 0;
    copy_of($_, sprintf "%s/%04d", $copy, $number++) for @files;
    return "$copy/*";
}

sub copy_of {
    my ($file, $copy) = @_;
    die "$file imports itself\n" if ($copies // 0) > 1000;
    print "# file $file\n";
    my $text = words_at($file);
    $snippets{$_} = 1 for $text =~ /^[ \t]*\(([^()\s]+)\)[ \t]*\{/mg;
    my $folder = $file =~ s{/[^/]*$}{}r;
    $text =~ s{^([ \t]*import[ \t]+)("?)([^\s"]+)\2(?=\s|$)}{$1 . imported($3, $folder)}gem;
    write_to($copy, $text);
}

sub write_to { open my $file, ">", $_[0] or die "$_[0]: $!\n"; print $file $_[1]; close $file }

my $lying;
if ($adapter eq "") {
    $lying = words_at($config) =~ s/\s*\n\s*/ /gr;
    print "# file $config\n$lying\n";
}
else {
    $work = tempdir("dragonfab-XXXXXX", TMPDIR => 1, CLEANUP => 1);
    write_to("$work/rules", "\@dragonfab_line vars dragonfab_line closed\nhandle \@dragonfab_line {\n"
        . "\troot * /var/lib/dragonfab/$name/web\n}\n");
    copy_of($config, "$work/0");
    print heard($program, "adapt", "--config", "$work/0", "--adapter", $adapter), "\n";
    $lying = heard($program, "adapt", @with);
}
print "$lying\n";
exit 0 unless $process;
my ($admin) = $lying =~ /"admin":\{(?:"disabled":\w+,)?"listen":"([^"]*)"/;
$admin //= $ENV{CADDY_ADMIN} // "localhost:2019";
my @socket = $admin =~ s{^unix/+}{/} ? ("--unix-socket", $admin) : ();
$admin = @socket ? "localhost" : $admin =~ s{^tcp/}{}r =~ s{^:}{localhost:}r;
print heard("curl", "-q", "-s", "-m", "5", "--noproxy", "*", @socket, "http://$admin/config/"), "\n";
END OF perl
}
