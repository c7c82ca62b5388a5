# Behind what reads the configuration of a web server: compares its sites and prints them, each as
# "site STATE default|own FILE:LINE NAMES REACH", and how to ask those that hold the rules, as
# "ask SCHEME ADDRESS PORT NAME FLAGS" or "untold WHY". A state is yes, no, late (behind what goes by the rules), within
# (where only a part of the site is) or stream. REACH is app, or unsure, or nothing.
my %here = map { $_ => 1 } split " ", `hostname -I 2>/dev/null` // "";

sub address {
    my ($host, $port) = @_;
    $host =~ s/^\[(.*)\]$/$1/;
    $host = "127.0.0.1" if $host =~ /^(localhost|::1|0\.0\.0\.0|\*)$/i || $here{$host};
    return lc "$host:$port";
}

# The addresses behind what a request is passed to, or undef among them where nobody can say.
sub backends {
    my ($kind, $target, $site, $root) = @_;
    return map {
        my $text = $_;
        if (!defined $text) { undef }
        else {
            my $port = $text =~ m{^(https|wss)://} ? 443 : $kind =~ /^(proxy|grpc)$/ ? 80 : 0;
            $text =~ s{^\w+://}{};
            my $unix = $text =~ s{^unix:([^:|]+).*}{unix:$1};
            $text =~ s{/.*}{} unless $unix;
            my $known = $upstreams{ ($kind eq "stream" ? "stream " : "") . lc $text };
            map {
                my $part = $_;
                if ($part =~ /\$/) { undef }
                else {
                    $part =~ s{^unix:/var/run/}{unix:/run/};
                    my $where = $part =~ /^unix:/ ? $part
                        : $part =~ /^(\[.*\]|[^:]*):(\d+)$/ ? address($1, $2) : address($part, $port);
                    $kind eq "fastcgi" ? "$where of " . ($root // "") : $where;
                }
            } $known ? @$known : $text;
        }
    } map { /\$/ ? expanded($_, $site) : $_ } $target =~ s{^(\w+://[^/\$]+)/.*}{$1}r;
}

sub on_listen {
    my $key = shift;
    return grep {
        my $site = $_;
        $site->{state} ne "stream" && grep {
            ($_->{address} =~ /^unix:/ ? $_->{address} =~ s{^unix:/var/run/}{unix:/run/}r : address($_->{address}, $_->{port})) eq $key
        } @{ $site->{listens} };
    } @sites;
}

# A block that passes to another of this web server reaches what that one reaches.
sub keys_of {
    my ($site, %seen) = @_;
    return () if $site->{dead} || $seen{$site};
    $seen{$site} = 1;
    return map {
        my $key = $_;
        my @next = defined $key ? grep { $_ != $site } on_listen($key) : ();
        my @same = grep { my $other = $_; grep { my $name = $_; grep { $_ eq $name } @{ $site->{names} } } @{ $other->{names} } } @next;
        @same = @next if @next == 1;
        $_->{behind} ||= $site->{state} =~ /^(yes|late|within)$/ for @same;
        !@next ? $key : map { $_->{state} eq "yes" ? () : keys_of($_, %seen) } @same;
    } map { backends($_->[0], $_->[1], $site, $_->[2]) } @{ $site->{passes} };
}

$_->{keys} = [ keys_of($_) ] for @sites;
my @ours = grep { $_->{state} =~ /^(yes|late|within)$/ } @sites;
my %app = map { $_ => 1 } grep { defined } map { @{ $_->{keys} } } @ours;
# A site of files alone is known by its folder.
my %folder;
if (!%app) {
    %folder = map { $_ => 1 } grep { !m{^(|/var/www/html|/usr/share/nginx/html|/usr/share/caddy|html)$} } map { keys %{ $_->{roots} } } @ours;
}
for my $site (@sites) {
    my $local = !grep { $_->{address} !~ /^(unix:|127\.|\[::1\]|localhost)/ } @{ $site->{listens} };
    $site->{reach} = $site->{dead} || $local && $site->{behind} && $site->{state} eq "no" ? ""
        : (grep { defined && $app{$_} } @{ $site->{keys} }) ? "app"
        : (grep { $folder{$_} } keys %{ $site->{roots} }) ? "app"
        : @ours && (grep { !defined } @{ $site->{keys} }) ? "unsure" : "";
}

sub served_by {
    my ($name, $listen) = @_;
    my @there = grep { my $site = $_; $site->{state} ne "stream" && !defined $site->{below}
        && grep { $_->{address} eq $listen->{address} && $_->{port} eq $listen->{port} } @{ $site->{listens} } } @sites;
    my ($found, $long);
    for my $site (@there) {
        for (@{ $site->{names} }) { return $site if lc eq lc $name }
    }
    for my $end (1, 0) {
        for my $site (@there) {
            for (@{ $site->{names} }) {
                my $fits = $end ? /^\*?(\..+)$/ && (lc(substr ".$name", -length $1) eq lc $1) && (/^\./ || length $name > length $1)
                    : /^(.+\.)\*$/ && lc(substr $name, 0, length $1) eq lc $1;
                ($found, $long) = ($site, length) if $fits && (!$found || length > $long);
            }
        }
        return $found if $found;
    }
    for my $site (@there) {
        for (@{ $site->{names} }) { return $site if /^~\*?(.*)/ && eval { $name =~ /$1/i } }
    }
    my ($default) = grep { my $site = $_; grep { $_->{default} && $_->{address} eq $listen->{address}
        && $_->{port} eq $listen->{port} } @{ $site->{listens} } } @there;
    return $default // first_of(@there);
}

# A name that a regular expression takes, where it is simple enough to find one.
sub sample {
    my $text = shift =~ s/^~\*?\^?|\$$//gr;
    1 while $text =~ s/\((?:\?<\w+>|\?:|\?P<\w+>)?([^()|]*)(?:\|[^()]*)?\)/$1/;
    $text =~ s/(?:\\[wS]|\.|\[\^?[^\]]*\])(?:[+*]\??|\{[\d,]+\})/www/g;
    $text =~ s/\\d(?:[+*]|\{[\d,]+\})?/1/g;
    $text =~ s/\\\././g;
    $text =~ s/\?//g;
    return $text;
}

sub called {
    my ($site, $listen) = @_;
    my @may = ($host, grep({ /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/ && $_ ne "_" } @{ $site->{names} }),
        map({ /^\*?\.(.+)/ ? "www.$1" : /^(.+)\.\*$/ ? "$1.test" : /^~/ ? sample($_) : () } @{ $site->{names} }),
        "localhost", "nobody.invalid");
    my ($name) = grep { /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/ && served_by($_, $listen) == $site } @may;
    return $name;
}

sub ask {
    my ($site, $listen) = @_;
    my ($address, $port) = ($listen->{address}, $listen->{port});
    my $where = "$site->{file}:$site->{line}";
    return "untold\t$where: it answers only at $site->{below}" if defined $site->{below};
    my $name = called($site, $listen);
    if (!defined $name) {
        my ($odd) = grep { /^~/ } @{ $site->{names} };
        return "untold\t" . ($odd ? "$where: no name that $odd takes is known; site_name can be one"
            : "$where: another block answers for its names at port $port");
    }
    my $taken = sub { my $try = shift; grep { grep { $_->{address} eq $try && $_->{port} eq $port } @{ $_->{listens} } } @sites };
    if ($address eq "*" || $address eq "_default_") {
        ($address) = grep { !$taken->($_) } "127.0.0.1", sort grep { !/:/ } keys %here;
        return "untold\t$where: no address of this machine leads to it" unless defined $address;
    }
    $address = "[::1]" if $address eq "[::]";
    return join "\t", "ask", $listen->{scheme}, $address, $port, $name, join(",", $listen->{flags} || (), $site->{cert} ? "cert" : ()) || "-", $where;
}

for my $site (@sites) {
    my $own = $site->{shipped} || $site->{file} =~ m{/(default|default[.]conf|000-default[.]conf|default-ssl[.]conf)$} ? "default" : "own";
    print join("\t", "site", $site->{state}, $own, "$site->{file}:$site->{line}", join(" ", @{ $site->{names} }), $site->{reach}), "\n";
}
my %asked;
for my $site (grep { $_->{state} eq "yes" } @sites) {
    print map { $asked{$_}++ ? () : "$_\n" } map { ask($site, $_) } @{ $site->{listens} };
}
