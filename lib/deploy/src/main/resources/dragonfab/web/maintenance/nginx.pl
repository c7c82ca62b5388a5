# usage: RULES HOST BASE PROCESS NAME ACCESS, and what nginx -T prints on standard input
# Reads all server blocks of the whole configuration: which hold the line of the rules, which others reach the same
# application, and how a visitor would ask each. Behind it stands what compares and prints them.
use strict;
my ($rules, $host, $base, $process, $name, $access) = @ARGV;
my (%files, @names);

sub words_of {
    my ($name, $text) = @_;
    my ($line, @words) = 1;
    my @open = (my $all = []);
    my $from;
    for ($text) {
        until (/\G\z/gc) {
            if (/\G([ \t\r]+|#.*)/gc) { next }
            if (/\G\n/gc) { $line++; next }
            if (/\G;/gc) { push @{ $open[-1] }, { file => $name, line => $from, words => [@words] } if @words; @words = (); next }
            if (/\G\{/gc) {
                my $block = { file => $name, line => $from // $line, words => [@words], inside => [] };
                push @{ $open[-1] }, $block;
                if (@words && $words[0] =~ /_by_lua_block$/) { $line += lua(\$_) } else { push @open, $block->{inside} }
                @words = ();
                next;
            }
            if (/\G\}/gc) { pop @open if @open > 1; @words = (); next }
            $from = $line unless @words;
            if (/\G"((?:\\.|[^"\\])*)"/gcs || /\G'((?:\\.|[^'\\])*)'/gcs || /\G((?:\\.|\$\{|[^\s;\{\\])+)/gcs || /\G(.)/gcs) {
                my $word = $1;
                $line += $word =~ tr/\n//;
                push @words, $word =~ s/\\(["'\\])/$1/gr;
            }
        }
    }
    return $all;
}

# Lua has braces, quotes and comments of its own.
sub lua {
    my ($text, $depth, $lines) = (shift, 1, 0);
    while ($depth && $$text =~ /\G(--\[\[.*?\]\]|--[^\n]*|\[\[.*?\]\]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{}]|.)/gcs) {
        my $found = $1;
        $depth += $found eq "{" ? 1 : $found eq "}" ? -1 : 0;
        $lines += $found =~ tr/\n//;
    }
    return $lines;
}

{
    my ($name, $text) = ("", "");
    my $keep = sub { $files{$name} //= words_of($name, $text) if $name ne ""; $text = "" };
    while (my $read = <STDIN>) {
        if ($read =~ /^# configuration file (.*):$/) { $keep->(); $name = $1; push @names, $name; next }
        $text .= $read;
    }
    $keep->();
}
$base = $1 if @names && $names[0] =~ m{^(.*)/};

sub matches {
    my ($pattern, $path) = @_;
    $pattern = "$base/$pattern" unless $pattern =~ m{^/};
    $pattern =~ s/(\[[^\]]*\])|(\*)|(\?)|([^\w\/])/defined $1 ? $1 : $2 ? "[^\/]*" : $3 ? "[^\/]" : "\\$4"/ge;
    return $path =~ /^$pattern$/;
}

# The statements of a block, with those of the files that it includes in their place.
sub statements {
    my ($block, $deep) = (shift, shift // 0);
    return map {
        my $pattern = $_->{words}[0] eq "include" ? $_->{words}[1] // "" : undef;
        !defined $pattern ? $_
            : matches($pattern, $rules) ? { %$_, words => ["the rules"] }
            : $deep > 20 ? ()
            : map { statements($files{$_}, $deep + 1) } grep { matches($pattern, $_) } sort keys %files;
    } grep { @{ $_->{words} } } @$block;
}

my (%upstreams, %values, @sites);

sub http_block {
    my @all = statements(shift);
    my %above;
    for (@all) {
        my ($word, $first) = @{ $_->{words} };
        if ($word eq "upstream") {
            $upstreams{ lc $first } = [ map { $_->{words}[1] } grep { $_->{words}[0] eq "server" } statements($_->{inside}) ];
            push @{ $upstreams{ lc $first } }, '$lua' if grep { $_->{words}[0] =~ /^balancer_by_lua/ } statements($_->{inside});
        }
        elsif ($word =~ /^(map|geo|split_clients)$/ && $_->{inside}) {
            my $set = $_->{words}[-1];
            push @{ $values{$set} }, map { $_->{words}[1] // $_->{words}[0] }
                grep { $_->{words}[0] !~ /^(hostnames|volatile|proxy|delete|ranges|include)$/ } statements($_->{inside});
        }
        elsif ($word =~ /^(root|ssl_verify_client)$/) { $above{$word} = $first }
    }
    server_block($_, \%above) for grep { $_->{words}[0] eq "server" && $_->{inside} } @all;
}

sub server_block {
    my ($block, $above) = @_;
    my $site = { file => $block->{file}, line => $block->{line}, state => "no", names => [], listens => [], passes => [],
        root => $above->{root}, cert => ($above->{ssl_verify_client} // "") eq "on", sets => {} };
    push @sites, $site;
    my $early;
    for (statements($block->{inside})) {
        my ($word, @more) = @{ $_->{words} };
        if ($word eq "the rules") { $site->{state} = $early ? "late" : "yes" if $site->{state} eq "no" }
        elsif ($word eq "listen") { push @{ $site->{listens} }, listens(@more) }
        elsif ($word eq "server_name") { push @{ $site->{names} }, @more }
        elsif ($word eq "ssl_verify_client") { $site->{cert} = $more[0] eq "on" }
        elsif ($word eq "root") { $site->{root} = $more[0] }
        elsif ($word eq "ssl_reject_handshake") { $site->{dead} = 1 if $more[0] eq "on" }
        # Whatever answers or changes the address before the rules are looked at goes by them.
        elsif ($word =~ /^(rewrite|return|if|break)$/) { $early = 1; $site->{dead} = 1 if $word eq "return" }
    }
    $site->{listens} = [ listens("80") ] unless @{ $site->{listens} };
    inner($site, $block->{inside}, $site->{root}, 0);
}

sub inner {
    my ($site, $block, $root, $deep) = @_;
    my @all = statements($block);
    for (@all) { $root = $_->{words}[1] if $_->{words}[0] eq "root" }
    $site->{roots}{ $root // "" } = 1;
    for (@all) {
        my ($word, @more) = @{ $_->{words} };
        $site->{state} = "within" if $word eq "the rules" && $deep && $site->{state} eq "no";
        push @{ $site->{sets}{ $more[0] } }, $more[1] if $word eq "set";
        push @{ $site->{passes} }, [ $1, $more[0], $root ] if $word =~ /^(proxy|grpc|uwsgi|scgi|fastcgi)_pass$/;
        push @{ $site->{passes} }, [ "lua", '$lua', $root ] if $word =~ /^content_by_lua/;
        inner($site, $_->{inside}, $root, $deep + 1) if $_->{inside} && $word !~ /_by_lua_block$/;
    }
}

sub listens {
    my ($text, @flags) = @_;
    my %is = map { $_ => 1 } @flags;
    return () if $is{quic};
    my ($address, $port) = $text =~ /^unix:/ ? ($text, 80) : $text =~ /^(\d+)$/ ? ("*", $1)
        : $text =~ /^(\[.*\]|[^\[:]*)(?::(\d+))?$/ ? ($1, $2 || 80) : ($text, 80);
    $address = "*" if $address eq "0.0.0.0";
    return { address => $address, port => $port, scheme => $is{ssl} ? "https" : "http",
        default => ($is{default_server} || $is{default}) ? 1 : 0,
        flags => join ",", $is{proxy_protocol} ? "proxy" : (), $is{http2} && !$is{ssl} ? "h2c" : () };
}

sub first_of { return $_[0] }

# What a text with variables may stand for; nothing where nobody can say.
sub expanded {
    my ($text, $site, $deep) = (shift, shift, shift // 0);
    return $text unless $text =~ /\$(?:\{(\w+)\}|(\w+))/;
    my ($before, $after, $name) = ($`, $', $1 // $2);
    my @may = @{ $site->{sets}{"\$$name"} // [] };
    push @may, @{ $values{"\$$name"} // [] };
    @may = ("/") if $name =~ /^(request_uri|uri|document_uri)$/;
    @may = ("") if $name =~ /^(is_args|args|query_string|arg_\w+)$/;
    @may = ("http") if $name eq "scheme";
    @may = ($site->{root} // "") if $name =~ /^(document_root|realpath_root)$/;
    return undef if !@may || $deep > 5;
    return map { expanded("$before$_$after", $site, $deep + 1) } @may;
}

my @top = map { statements($_) } @names ? $files{ $names[0] } : ();
http_block($_->{inside}) for grep { $_->{words}[0] eq "http" && $_->{inside} } @top;
for (map { statements($_->{inside}) } grep { $_->{words}[0] eq "stream" && $_->{inside} } @top) {
    $upstreams{"stream " . lc $_->{words}[1]} = [ map { $_->{words}[1] } grep { $_->{words}[0] eq "server" } statements($_->{inside}) ]
        if $_->{words}[0] eq "upstream";
    next unless $_->{words}[0] eq "server" && $_->{inside};
    my @inside = statements($_->{inside});
    my ($listen) = map { $_->{words}[1] } grep { $_->{words}[0] eq "listen" } @inside;
    push @sites, { file => $_->{file}, line => $_->{line}, state => "stream", names => [], listens => [ listens($listen // "80") ],
        passes => [ map { [ "stream", $_->{words}[1] ] } grep { $_->{words}[0] eq "proxy_pass" } @inside ], sets => {}, roots => {} };
}

# Where a file is read that is not in any block: the folder of our own choice, or the first that takes it.
sub patterns {
    my ($block, $deep) = (shift, shift // 0);
    return map {
        my $pattern = $_->{words}[1] // "";
        ($pattern, $deep > 20 ? () : map { patterns($files{$_}, $deep + 1) } grep { matches($pattern, $_) } sort keys %files);
    } grep { @{ $_->{words} } && $_->{words}[0] eq "include" } @$block;
}
my @patterns = map { patterns($_->{inside}) } grep { $_->{words}[0] eq "http" && $_->{inside} } @top;
my @places = ("/etc/nginx/conf.d/dragonfab-$name.conf",
    map { (m{^/} ? $_ : "$base/$_") =~ s{[^/]*$}{dragonfab-$name.conf}r } grep { m{[*][^/]*$} && !m{[*].*/} } @patterns);
my ($place) = grep { my $path = $_; grep { matches($_, $path) } @patterns } @places;
print "access\t", $place // "none $names[0]", "\n" if @names;

# When a process began, in hundredths of a second since the machine did.
sub began { open my $file, "<", "/proc/$_[0]/stat" or return; return (split " ", <$file> =~ s/.*\) //sr)[19] }
sub words_at { open my $file, "<", $_[0] or return ""; local $/; return <$file> // "" }

# What runs has not read a file that was changed after its children began.
my ($youngest) = sort { $b <=> $a } grep { defined } map { began($_) }
    grep { words_at("/proc/$_/cmdline") !~ /shutting down/ } split " ", words_at("/proc/$process/task/$process/children");
if (defined $youngest) {
    my $since = time - (began($$) - $youngest) / 100;
    my ($newer) = grep { my $file = $_; grep { ($_ // 0) > $since + 1 } (stat $file)[10], (lstat $file)[10] } @names;
    print "stale\t$newer is newer than what nginx runs with\n" if defined $newer;
}
print "stale\t$access is where it was\n" if -e $access && defined $place && $place ne $access;
