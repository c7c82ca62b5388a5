# usage: RULES HOST BASE PROCESS NAME, and what ask_caddy -T prints on standard input
# Reads all sites from what Caddy makes of its files, in the order in which it goes through them. Behind it stands what
# compares and prints them.
use strict;
my ($rules, $host, $base, $process, $name) = @ARGV;
my (@files, @said, @sites, %upstreams);
while (my $read = <STDIN>) {
    chomp $read;
    if ($read =~ /^# file (.*)/) { push @files, $1 } else { push @said, $read }
}

# A host need not have more of Perl than perl-base, which has no module for this.
sub json {
    my $text = shift;
    $$text =~ /\G[\s,:]*/gc;
    if ($$text =~ /\G\{/gc) {
        my %all;
        until ($$text =~ /\G\s*\}/gc) { my $key = json($text); $all{$key} = json($text) }
        return \%all;
    }
    if ($$text =~ /\G\[/gc) {
        my @all;
        until ($$text =~ /\G\s*\]/gc) { push @all, json($text) }
        return \@all;
    }
    if ($$text =~ /\G"([^"\\]*(?:\\.[^"\\]*)*)"/gcs) {
        my %short = (n => "\n", t => "\t", r => "\r", b => "\b", f => "\f");
        return $1 =~ s/\\(?:u([0-9a-fA-F]{4})|(.))/defined $1 ? chr hex $1 : $short{$2} \/\/ $2/ger;
    }
    if ($$text =~ /\G(true|false|null|-?[\d.eE+-]+)/gc) { return $1 eq "null" ? undef : $1 eq "false" ? 0 : $1 eq "true" ? 1 : $1 }
    die "no JSON\n";
}
sub read_json { my $text = shift // ""; return scalar eval { json(\$text) } }

# Caddy names the files that it hides in another order each time.
sub same {
    my ($one, $other) = @_;
    return !defined $one && !defined $other if !defined $one || !defined $other;
    return 0 if ref $one ne ref $other;
    if (ref $one eq "ARRAY") {
        my ($these, $those) = map { (grep { ref || !defined } @$_) ? $_ : [ sort @$_ ] } $one, $other;
        return @$these == @$those && !grep { !same($these->[$_], $those->[$_]) } 0 .. $#$these;
    }
    return keys %$one == keys %$other && !grep { !exists $other->{$_} || !same($one->{$_}, $other->{$_}) } keys %$one
        if ref $one eq "HASH";
    return $one eq $other;
}

my $all = read_json($said[0]) // die "caddy does not say what it makes of its files\n";
my $http = $all->{apps}{http} // {};
my %standard = (http => $http->{http_port} // 80, https => $http->{https_port} // 443);

# Where the block of an address stands; another file than the one that is asked for has no blocks to begin with.
my @blocks;
for my $file (@files) {
    open my $in, "<", $file or next;
    my ($deep, $line, $from, @words) = (0, 0);
    while (my $text = <$in>) {
        $line++;
        my @more = $text =~ /"(?:\\.|[^"\\])*"|`[^`]*`|#.*|\S+/g;
        my ($comment) = grep { $more[$_] =~ /^#/ } 0 .. $#more;
        $#more = $comment - 1 if defined $comment;
        next unless @more;
        my $opens = $more[-1] eq "{";
        pop @more if $opens;
        if ($deep == 0 && !("@more" =~ /^import /)) {
            $from //= $line;
            push @words, @more;
            if ($opens || $words[-1] !~ /,$/ && !@blocks && $file eq $files[0]) {
                push @blocks, map { block_of($_, $file, $from) } @words;
            }
            ($from, @words) = () if $opens || $words[-1] !~ /,$/;
        }
        $deep++ if $opens;
        $deep-- if "@more" eq "}" && !$opens;
    }
}

sub block_of {
    my ($text, $file, $line) = @_;
    my ($scheme, $name, $port) = $text =~ m{^"?(?:(\w+)://)?(\[[^\]]*\]|[^:/,"]*)(?::(\d+))?} or return ();
    return { file => $file, line => $line, name => lc $name,
        port => $port // $standard{ $scheme // ($name eq "" ? "http" : "https") } };
}

sub block_for {
    my ($names, $port) = @_;
    my %is = map { lc $_ => 1 } @$names ? @$names : ("");
    my @mine = grep { $is{ $_->{name} } } @blocks;
    my ($exact) = grep { $_->{port} == $port } @mine;
    return $exact // $mine[0] // { file => $files[0], line => 1 };
}

sub hosts_of { return map { @{ $_->{host} // [] } } @{ $_[0] // [] } }

sub listens {
    my $server = shift;
    my $automatic = $server->{automatic_https} // {};
    my %skipped = map { lc $_ => 1 } @{ $automatic->{skip} // [] };
    my $tls = @{ $server->{tls_connection_policies} // [] } || !$automatic->{disable}
        && grep { !$skipped{ lc $_ } } map { hosts_of($_->{match}) } @{ $server->{routes} // [] };
    my $proxied = grep { ($_->{wrapper} // "") eq "proxy_protocol" } @{ $server->{listener_wrappers} // [] };
    return map {
        my $text = s{^tcp[46]?/}{}r;
        my ($address, $port) = $text =~ m{^unix/+(.*)} ? ("unix:/$1", 80) : $text =~ /^(\[.*\]|[^:]*):(\d+)/ ? ($1, $2) : ($text, 80);
        $address = "*" if $address =~ /^(|0\.0\.0\.0|\[::\])$/;
        { address => $address, port => $port, scheme => $tls && $port != $standard{http} ? "https" : "http",
            default => 0, flags => $proxied ? "proxy" : "" };
    } grep { !m{^udp} } @{ $server->{listen} // [] };
}

sub asks_for_certificate {
    my ($server, @names) = @_;
    my %is = map { lc $_ => 1 } @names;
    return grep {
        my $asks = $_->{client_authentication};
        my $for = $_->{match}{sni};
        $asks && ($asks->{mode} // "require") =~ /^require/ && (!$for || grep { $is{ lc $_ } } @$for);
    } @{ $server->{tls_connection_policies} // [] };
}

sub site {
    my ($server, $match, $routes) = @_;
    my @names = hosts_of($match);
    my ($path) = map { @{ $_->{path} // [] } } @{ $match // [] };
    my @listens = listens($server);
    my $block = block_for(\@names, $listens[0]{port} // 0);
    my $site = { file => $block->{file}, line => $block->{line}, state => "no", names => \@names, listens => \@listens,
        passes => [], sets => {}, roots => {}, below => $path, cert => scalar asks_for_certificate($server, @names) };
    $_->{default} = !@names for @listens;
    push @sites, $site;
    walk($site, $server, $routes, 0, "");
    $site->{shipped} = !@{ $site->{passes} } && join(" ", keys %{ $site->{roots} }) eq "/usr/share/caddy";
    # An error, as that there is no such file, may lead to the application too.
    for (grep { my %is = map { $_ => 1 } hosts_of($_->{match}); !%is || grep { $is{$_} } @names } @{ $server->{errors}{routes} // [] }) {
        walk($site, $server, [$_], 1, "");
    }
}

# What neither answers from anywhere nor hands on.
my $harmless = qr/^(vars|map|headers|request_body|static_response|rewrite|authentication|encode|push|templates|tracing|error
    |copy_response|copy_response_headers|metrics|acme_server|intercept|log_append)$/x;

sub walk {
    my ($site, $server, $routes, $part, $root) = @_;
    for my $route (@{ $routes // [] }) {
        my $only = $part || $route->{match} || $route->{group};
        for my $each (@{ $route->{handle} // [] }) {
            my $kind = $each->{handler} // "";
            if ($kind eq "subroute" && closes($each)) {
                $site->{state} = $part ? "within" : $site->{early} ? "late" : "yes" if $site->{state} =~ /^(no|within)$/;
            }
            elsif ($kind eq "subroute") { walk($site, $server, $each->{routes}, $only, $root) }
            elsif ($kind eq "invoke") { walk($site, $server, [ $server->{named_routes}{ $each->{name} } // {} ], $only, $root) }
            elsif ($kind eq "vars") { $root = $each->{root} // $root }
            elsif ($kind eq "reverse_proxy") {
                my $way = $each->{transport}{protocol} // "proxy";
                push @{ $site->{passes} }, map { [ $way, dialled($_->{dial} // ""), $each->{transport}{root} // $root ] } @{ $each->{upstreams} // [] };
                push @{ $site->{passes} }, [ $way, '$dynamic' ] if $each->{dynamic_upstreams};
                walk($site, $server, $_->{routes}, 1, $root) for @{ $each->{handle_response} // [] };
                $site->{early} = 1;
            }
            elsif ($kind eq "file_server") { $site->{roots}{ $each->{root} // $root } = 1; $site->{early} = 1 }
            elsif ($kind !~ $harmless) { push @{ $site->{passes} }, [ $kind, '$' . $kind ]; $site->{early} = 1 }
        }
    }
}

sub closes {
    return grep { ($_->{handler} // "") eq "vars" && ($_->{root} // "") eq "/var/lib/dragonfab/$name/web" }
        map { @{ $_->{handle} // [] } } @{ $_[0]{routes} // [] };
}

sub dialled {
    my $text = shift =~ s{^tcp[46]?/}{}r;
    return $text =~ /\{/ ? '$dial' : $text =~ m{^unix/+(.*)} ? "unix:/$1" : $text;
}

for my $server (map { $http->{servers}{$_} } sort keys %{ $http->{servers} // {} }) {
    my @rest;
    for my $route (@{ $server->{routes} // [] }) {
        my @handle = @{ $route->{handle} // [] };
        if ($route->{terminal} && @handle == 1 && $handle[0]{handler} eq "subroute") { site($server, $route->{match}, $handle[0]{routes}) }
        else { push @rest, $route }
    }
    # Of a block for all names, alone at its port, no frame is left.
    site($server, undef, \@rest) if @rest;
}

sub expanded { return undef }
# It answers no name that no block has.
sub first_of { return undef }

my ($lies, $runs) = map { read_json($_) } @said[1, 2];
print "stale\t$files[0] is not what caddy runs with\n" if $process && (!defined $runs || !same($lies, $runs));
