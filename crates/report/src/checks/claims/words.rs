//! The words by which a text claims a length of downtime, and what may stand between them and their length. Always true: each list says what
//! it recognises; what a claim is held against is no business of its words.

use crate::mentions::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The words that claim a length, by what they measure. A subject that can be down stands before the verbs of `is`.
pub static CLAIMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?P<down>downtime|outage|unavailability|interruption|disruption|(?:without|had no|with no|lost(?: all)?) (?:any )?(?:service|access|connectivity) for|cut off for|locked out for)",
        r"|(?P<is>(?:was|were|had been|has been|have been|remained|stayed|lay|stood|went) (?:\w+ly |all |again |back )?",
        r"(?:(?:down|offline|off-line|off line|dark|dead|out of (?:service|reach|action|order)|unavailable|unreachable|inaccessible|unusable|lost|interrupted|at a standstill|out)\b",
        r"|(?:restored|recovered|back|up|reinstated|working again|available again|resumed|up and running)\b))|(?P<back>(?:came back|recovered|returned|resumed)(?: up| online| to normal| to service)?\b)",
        r"|(?P<reduced>(?:was|were|had been|has been|remained|stayed|ran|went|kept) (?:\w+ly |all |still )?(?:read-only|read only|degraded|impaired|slow(?:ed)?|at reduced (?:rate|capacity)|in read-only mode)\b)",
        r"|(?P<none>(?:had|got|was|were) no (?:service|access|connectivity)(?: at all)?\b)",
        r"|(?P<recovery>(?:full |complete |total |the |service )*(?:recovery|restoration) (?:itself )?(?:took|lasted|required|needed|was complete(?:d)?)\b)",
        r"|(?P<restore>to (?:get|bring|have) (?:us |the |our |all |full |all the |normal )*(?:everything|services?|site|system|systems|platform|portal|operations?|it all) (?:fully |all )?(?:running|working|going|back|up|available|online)(?: again| and running| up| online| to normal| in service)?\b|total recovery|(?:recovery|repair|restoration) time|time to (?:recover|restore|repair|resolve|recovery|restoration|resolution)",
        r"|to (?:restore|recover|resolve|reinstate|bring back|get back|repair) (?:the |our |all |full |all the |normal )?(?:services?|incident|outage|site|system|systems|platform|portal|access|operations?)\b",
        r"|(?:restored|recovered|brought back|reinstated) (?:the |our |all |full |all the |normal )?(?:services?|site|system|systems|platform|portal|access|operations?)\b",
        r"|(?:outage|disruption|interruption|problem|fault) (?:was|were|had been) (?:\w+ly )?(?:over|resolved|fixed|cleared|ended|at an end)",
        r"|(?:passed|went by|elapsed) (?:before|until) (?:the |our |all |full |normal )?(?:services?|site|system|platform|portal|access)\b)",
        r"|(?P<incident>it (?:(?:all |only )?lasted|went on for|was (?:all )?over)|incident (?:lasted|took|ran|went on|continued|persisted|was (?:over|resolved|closed))|(?:total|incident) duration|duration of the (?:incident|disruption|outage|interruption)))\b"
    ))
});
/// Before a claim's noun: "during the outage calls waited 12 minutes", "the change that ended the outage took 4 minutes".
pub static IN_PASSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^\s*of|[.;]\s+of|\b(?:during|throughout|into|amid|despite|due to|(?:because|causes?|start|beginning|end|notice|reports?|logs?|news|part|rest|cost|effects?|account|review|summary|weeks?|days?|hours?|h|minutes?|mins?) of(?: each)?|for|in|after|before|since|ended|caused|started|noticed|saw|found|shortened|prolonged|about|how long|handled|managed|survived|logged|from)) (?:the|this|that|an?|our|its) (?:\w+ )?$",
    )
});
/// Between a claim and its length: "outage for customers in the North lasted about", "downtime: from", "interruption of".
pub static LINKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:\s*\([^)]*\)|,\s(?:which|that)\s[^,.;]{1,60},)?",
        r"(?P<of>(?:\s+(?:for|to|in|at|of (?:the )?(?:service|portal|site|platform|outage|incident))\b[^.;:]{0,60}?",
        r"|\s+of\s[^.;:,\d]{1,50}?\s(?:has|had|lasted|took|was|came|amounted|totall?ed|ran|continued|persisted)|\s(?:then|that day|that night|on (?:the )?[^.;:,]{1,30}?))?)[\s,]*",
        r"(?:(?:has|had|have|been|only|therefore|thus|then|in all|in total|altogether|overall|was|were|is|lasted|took|came|amounted|totall?ed|added up|adds up|ran|continued|went on|persisted|dragged on|stretched(?: out)?",
        r"|extended|spanned|stood|reached|exceeded|exceeding|from|to|of|for|over a period of|a period of|a|an|the|total|full|whole|mere|merely|just|about|around|approximately|approx\.?|roughly|some|circa|ca\.?|nearly|almost|over|more than",
        r"|less than|fewer than|no more than|not more than|no less than|not less than|at least|at most|up to|longer than|shorter than|not longer than|no longer than|in excess of|upwards of|close to|under|well|within|inside|after|in",
        r"|barely|hardly|scarcely|slightly|a little|a bit|not quite|between|anything|exactly|precisely|(?:much|most|the best part|the whole) of the (?:day|night|evening|morning)|the best part of|the better part of|fully|again|time|duration|length|limited|kept|held|confined|reduced|as long as|by|:|=|~|-|–|—)[\s,]*)*$"
    ))
});
/// Between a length and its claim: "45 minutes of downtime", "for 45 minutes the portal was unavailable".
pub static LEADS_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\s+(?:of|in|later|had|have))?[\s-](?:(?:total|full|complete|partial|unplanned|network|service|portal|site|website|platform|system|application|database|gateway|power|payment|long|national|regional|nationwide|major)\s+){0,2}$|^,?\s(?:(?:the|our|its|all|this)\s(?:[\w-]+\s){1,4}|(?:we|they|there|customers|users|everyone|everybody)\s)$",
    )
});
/// Between two lengths of one claim: "from 1 h 7 min to 2 h".
pub static GOES_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[\s,]*(?:to|or|–|-|that is|\()?\s*$"));
/// After a length: "the outage was 18 minutes old", "20 minutes of the outage", "an outage of 12 hours later".
pub static GOES_ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:of (?:it|the|this|that|being|bookings?|work|overtime|data|orders|transactions|messages|history|notice|warning|effort|labou?r)|old|later|after|before|into|earlier|ago|shorter|longer than|longer(?: |$)|more|apart|ahead|late|behind|to (?:notice|detect|find|acknowledge|understand|locate|diagnose|page|declare|open|tell|publish|answer|respond|reach|apply|deploy|build|write|roll|review|prepare|plan))\b",
    )
});
/// A promise is told in the present: "services are restored within 4 hours", "downtime of at most 40 minutes".
pub static WAS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:was|were|had|has been|have been|lasted|took|came|amounted|totall?ed|ran|continued|went|persisted|dragged|stretched|extended|spanned|stood|reached|exceeded|remained|stayed|lay|suffered|saw|caused|recorded|experienced|measured|meant|led|followed|passed|elapsed|brought|got|restored|recovered|returned|resumed|reinstated|worked)\b",
    )
});
