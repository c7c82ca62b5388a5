# Stands before each script of a site. Its name says all others: SOFTWARE-site-VARIANT. usage: name_site NAME
name_site() {
    name=$1
    software=${name%-site-*}
    variant=${name##*-site-}
    user=$software-$variant
    folder=/usr/lib/$software-site/$variant
    etc=/etc/$software-site/$variant
}
