#!/bin/sh
# Brings the release that `invoke publish` made last to a server: sh dua-len.sh FROM HOST TO
# FROM: the folder of the releases here; HOST: as ssh knows it; TO: the folder of the releases there, whose hien-hanh is served.
# Readers see the old release until the new one is whole. A line that breaks, or a killed run, leaves no more than TO/ban/.moi.
set -eu
from=$1 host=$2 to=$3
name=$(basename "$(readlink "$from/hien-hanh")")
tar -C "$from/ban" -cf - "$name" | ssh "$host" "
    set -eu
    mkdir -p '$to/ban' && cd '$to'
    if [ \"\$(readlink hien-hanh || true)\" = 'ban/$name' ]; then cat >/dev/null; exit; fi
    rm -rf ban/.moi 'ban/$name' && mkdir ban/.moi && tar -C ban/.moi -xf -
    mv 'ban/.moi/$name' ban/ && rmdir ban/.moi && sync
    ln -sfn 'ban/$name' .hien-hanh && mv -T .hien-hanh hien-hanh
    ls ban | head -n -5 | while read -r old; do [ \"ban/\$old\" = 'ban/$name' ] || rm -rf \"ban/\$old\"; done
"
echo "$host:$to/hien-hanh -> ban/$name"
