"""Ordinary English words: what cannot be a person's name when written in lower case."""

from bot.offline.words import listed

FUNCTION = listed(
    """
    a an the this that these those my your our his her its their mine yours ours theirs some any all both each every
    no not another other either neither much many more most few less least several enough such same own only just i
    me we us you he him she it they them myself yourself someone somebody anyone anybody everyone everybody nobody
    something anything everything nothing who whom whose which what when where why how whoever whatever whenever and
    or but nor so yet if then else than because since while although though unless whether as at on in by for from
    to of off up down out over under into onto upon about after before between among through during until till
    toward towards against along across around behind beside besides beyond near via per with within without re
    regarding concerning except instead above below inside outside including like am is are was were be been being
    do does did done doing have has had having can could will would shall should may might must ought need dare let
    please thanks yes no ok okay hello bye 's 'm 're 'll 've 'd can't don't won't isn't aren't wasn't weren't
    doesn't didn't haven't hasn't couldn't wouldn't shouldn't ain't here there now then today tonight tomorrow
    yesterday soon later earlier again also too very really quite rather maybe perhaps possibly probably preferably
    ideally asap always never often sometimes sometime already still yet once twice anymore ever even however
    otherwise actually currently immediately instead together apart almost early late next last first second third
    final previous following coming upcoming past future current cc bcc fyi btw x vs etc am pm noon midnight
    """
)
"""Words that hold sentences together; a name never goes on across one."""

ORDINARY = listed(
    """
    able accept accepted account ad add added address agenda ago ahead airport alert anniversary answer apartment
    app appointment approve april arrange art ask asked attend attendee attendees august autumn available
    availability away baby back bad ball band bank bar baseball basketball beach begin best better big bill birthday
    block board boat book booked booking books boss both box boy break breakfast brother brunch budget bus business
    busy buy cafe cake calendar call called calls camp cancel cancelled car card care case cat catch center chance
    change charge chat check child children church city class clean cleaning clear clients client clinic close coach
    coffee colleague colleagues college come coming company concert conference confirm confirmed consultant contract
    cool cost could country course court coworker coworkers create customer customers dad dance data date dates dad
    daughter day days deadline deal debrief december decide decline declined delay delete demo dentist department
    design details developer developers diner dinner directors director discuss discussion do doc doctor dog done
    door drink drinks drive drop due duration dinner each early edit email emails employees employee end engineer
    engineering engineers evening event events exam exec execs experts expert extend eye face fall family fast
    father february feedback feel festival few field file final finance find fine finish fishing fit fix flight
    floor folks follow food football forget forward free friday friend friends full fun game games garden gathering
    get girl girlfriend boyfriend give go goals going golf gone good got grab graduation grandma grandpa great green
    grocery group groups guest guests guy guys gym had hair haircut half hall hand happy hard have head health hear
    help high hiking hiring hold holiday home hospital hotel hour hours house hr human hundred hunting husband ice
    idea important include included interview interviews intro invite invited issue it item january job jogging join
    july june keep kid kids kind know large lawyer lawyers lead leader leaders leadership leads leave lecture left
    legal length lesson let list little live location long look lot lunch lunches mail make man management manager
    managers march marketing match may meal mean media meet meeting meetings member members mentor message met
    midday mind minute minutes mom monday month months morning mother movie movies music name names need new news
    night noon note notes november number october office old one ones open opening option order out paper parent
    parents park part partner partners party past pay payment pending people person phone pick picnic pizza place
    plan planned planning plans play plus podcast pool potential practice presentation president price print prob
    problem process product professor program progress project projects proposal question questions quick quiz read
    ready rehearsal remind reminder remote rent report reports reschedule research reserve restaurant reveal review
    revised right road room run running sale sales same saturday saw say schedule scheduled school season seat see
    send september series server service session sessions set setup seven shop shopping short shot show sign sister
    site slot small snack social software son song spa speak specialist spouse staff stakeholders stakeholder start
    started starting state status stay stop store stranger strategy stuff student students study sunday super
    supervisor supplier support supposed sure swim swimming switch sync table take talk target task taxi teacher
    team teams tech technician technical tell ten tennis test that thing things think thursday ticket time times
    titled title today together tomorrow tour town trade train trainer training travel trip try tuesday tutor two tv
    update updated uncle aunt university until use vacation vendor vendors vet video visit visitors visa wait wake
    walk want wanted watch water way wedding wednesday week weekend weekly weeks well went wife work working workout
    workshop world would write wrong yard year years yoga zone zoom teams skype webex slack room rooms quickly
    urgently whole entire day-long asap virtually online remotely person everyone's urgent urgently now minutes mins
    min hrs hr friends classmates cousin cousins nephew niece grandparents grandmother grandfather mum daddy mommy
    roommate neighbor neighbors neighbour doctor's dr mr mrs ms miss prof sir ceo cto cfo coo vp svp pm hr it ops qa
    ux ui devops dev devs engineering accounting payroll procurement agency attorney accountant advisor adviser
    contractor landlord plumber electrician mechanic therapist psychologist psychiatrist dermatologist orthodontist
    chiropractor physician surgeon nurse barber stylist hairdresser investor investors board committee council crew
    squad chapter community fellow fellows intern interns candidate candidates applicant recruiter headhunter
    journalist press reporter representative rep reps insurance skip attendees report weather music rain snow lights
    light taxi uber
    """
)
"""Common nouns, verbs and adjectives, roles among them."""

ROLES = listed(
    """
    manager boss supervisor team department staff client clients customer customers colleague colleagues coworker
    coworkers partner partners mentor coach lawyer lawyers attorney accountant advisor adviser director president
    lead leads leadership friend friends family mom mum dad mother father brother sister wife husband son daughter
    parents kids reports skip intern interns candidate candidates recruiter investors investor vendor vendors
    engineer engineers designer designers developer developers doctor dentist everyone everybody group crew hr sales
    marketing finance legal engineering support onboarding triage accounting operations ops product design
    """
)
"""People by what they are."""

TITLES = listed(
    """
    dr mr mrs ms miss prof professor doctor sir herr frau señor señora monsieur madame
    """
)

_MORE = listed(
    """
    possible impossible shorter longer bigger smaller cheaper sooner undo redo wrong again meant looks likely unlikely
    suitable convenient flexible optional required necessary sorry sounds seems works worked fits suits agreed correct
    exactly absolutely definitely certainly sure thing nothing whatever whichever anyway besides cheers awesome
    excellent amazing wonderful lovely brilliant terrible bad worse worst easier harder faster slower nicer same
    different similar separate joint direct remote virtual physical personal private public internal external shared
    using based related regarding following upcoming current active pending canceled postponed moved changed updated
    added removed deleted sent received replied answered asked told said heard seen known thought believed hoped
    preferred chosen picked selected taken given shown listed named called titled described explained discussed
    restart reset repeat continue proceed pause resume finish begin end skip ignore drop keep hold wait hurry
    undecided unsure maybe later earlier afterwards meanwhile otherwise somehow somewhere anywhere everywhere
    nowhere elsewhere abroad upstairs downstairs outside inside nearby offline online busy free occupied
    preferences settings options choices details information instructions directions suggestions ideas thoughts
    pets cats dogs kids toys gifts flowers milk bread eggs cheese water juice beer wine tea sugar salt butter
    rice pasta soup salad meat fish chicken beef pork fruit apples bananas snacks groceries clothes shoes
    clash clashes conflict conflicts overlaps politely kindly recommendation recommendations overview overlap
    summary history everything common services
    recorded recording booked attended missed joined left finished cleared blocked hidden synced linked connected
    vacuum cleaner laundry dishes trash garbage mail package parcel delivery furniture couch chair desk lamp
    """
)
NAMES_TOO = listed(
    """
    will mark bill rob art grant drew pat sue dawn faith hope joy grace christian chase rich jack frank ray dean miles
    wade skip hunter max gene june may april august summer autumn rose daisy lily iris ivy olive ruby pearl amber
    jade crystal mercy angel star sky don dale glen cliff heath reed brook lane cole jean carol rusty sandy victor
    earl duke king page bishop parker carter mason cooper taylor baker fisher gardener art guy
    """
)
"""Ordinary words that are given names as well; names where a name is expected."""
MIDDLE_OF_NAMES = listed(
    """
    de da del della van von der den la le di el al bin ibn ten ter dos du
    """
)


def plain(lemma: str) -> bool:
    """Whether a lower-case word is ordinary English and so no name."""
    return lemma in FUNCTION or lemma in ORDINARY or lemma in _MORE or (lemma.endswith("s") and lemma[:-1] in ORDINARY)
