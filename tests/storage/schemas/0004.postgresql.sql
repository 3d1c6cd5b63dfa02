-- The life of a few pages, made by tests/storage/schemas/make.py with the program of schema 0004:
-- as `pg_dump --inserts --no-owner` writes it, without what belongs to the session, and without the
-- schema's name, so that it loads into any.
CREATE TABLE alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE body (
    id integer NOT NULL,
    sha256 character varying NOT NULL,
    size integer NOT NULL,
    format character varying NOT NULL,
    data bytea NOT NULL,
    base_id integer,
    steps integer DEFAULT 1 NOT NULL
);
CREATE SEQUENCE body_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE body_id_seq OWNED BY body.id;
CREATE TABLE change (
    id integer NOT NULL,
    page_id integer NOT NULL,
    change character varying NOT NULL,
    names text NOT NULL,
    kind character varying NOT NULL,
    key text NOT NULL,
    search text NOT NULL,
    operators_only boolean NOT NULL,
    detected_at timestamp with time zone NOT NULL,
    last_seen_before timestamp with time zone,
    snapshot_before integer,
    snapshot_after integer,
    told bytea DEFAULT '\x2d'::bytea CONSTRAINT change_packed_not_null NOT NULL,
    version_id integer,
    origin character varying DEFAULT 'live'::character varying NOT NULL,
    superseded_by integer
);
CREATE SEQUENCE change_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE change_id_seq OWNED BY change.id;
CREATE TABLE check_day (
    page_id integer NOT NULL,
    day date NOT NULL,
    outcome character varying NOT NULL,
    count integer NOT NULL
);
CREATE TABLE check_run (
    id integer NOT NULL,
    page_id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    seconds double precision NOT NULL,
    outcome character varying NOT NULL,
    http_status integer,
    final_url text,
    reason character varying,
    message text,
    snapshot_id integer
);
CREATE SEQUENCE check_run_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE check_run_id_seq OWNED BY check_run.id;
CREATE TABLE daemon (
    name character varying NOT NULL,
    owner character varying NOT NULL,
    since timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE delivery (
    id integer NOT NULL,
    destination character varying NOT NULL,
    subscriber character varying NOT NULL,
    channel character varying NOT NULL,
    language character varying NOT NULL,
    status character varying NOT NULL,
    attempts integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_attempt timestamp with time zone NOT NULL,
    owner character varying,
    lease_until timestamp with time zone,
    subject text,
    text text,
    html text,
    message_id character varying,
    last_error text,
    code text,
    finished_at timestamp with time zone,
    kind character varying DEFAULT 'changes'::character varying NOT NULL,
    window_after timestamp with time zone,
    window_until timestamp with time zone,
    reported_at timestamp with time zone
);
CREATE TABLE delivery_change (
    delivery_id integer NOT NULL,
    change_id integer NOT NULL
);
CREATE SEQUENCE delivery_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE delivery_id_seq OWNED BY delivery.id;
CREATE TABLE host (
    id integer NOT NULL,
    host character varying NOT NULL,
    not_before timestamp with time zone,
    next_turn timestamp with time zone,
    robots_at timestamp with time zone,
    robots_good_at timestamp with time zone,
    robots_unreachable_since timestamp with time zone,
    failures integer NOT NULL,
    robots_status integer,
    robots_body bytea,
    robots_good bytea
);
CREATE SEQUENCE host_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE host_id_seq OWNED BY host.id;
CREATE TABLE host_visit (
    id integer NOT NULL,
    host_id integer NOT NULL,
    owner character varying NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE SEQUENCE host_visit_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE host_visit_id_seq OWNED BY host_visit.id;
CREATE TABLE incident (
    id integer NOT NULL,
    page_id integer,
    kind character varying NOT NULL,
    reason character varying NOT NULL,
    message text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    told_at timestamp with time zone
);
CREATE SEQUENCE incident_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE incident_id_seq OWNED BY incident.id;
CREATE TABLE page (
    id integer NOT NULL,
    page character varying NOT NULL,
    name character varying NOT NULL,
    url text NOT NULL,
    last_check timestamp with time zone,
    last_good timestamp with time zone,
    last_full timestamp with time zone,
    outcome character varying,
    reason character varying,
    message text,
    failures integer NOT NULL,
    gone_count integer NOT NULL,
    gone boolean NOT NULL,
    moved_to text,
    etag text,
    last_modified character varying,
    body_sha256 character varying,
    records_digest character varying,
    version integer NOT NULL,
    parser character varying,
    parser_version integer,
    title text,
    record_count integer NOT NULL,
    suspect_snapshot integer,
    pending_digest character varying,
    pending_since timestamp with time zone,
    pending_count integer NOT NULL,
    thinned_on date,
    next_due timestamp with time zone,
    last_started timestamp with time zone,
    unverified boolean DEFAULT false NOT NULL,
    reader character varying
);
CREATE SEQUENCE page_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE page_id_seq OWNED BY page.id;
CREATE TABLE reading (
    snapshot_id integer NOT NULL,
    reader character varying NOT NULL,
    page bytea
);
CREATE TABLE record_version (
    id integer NOT NULL,
    page_id integer NOT NULL,
    kind character varying NOT NULL,
    key text NOT NULL,
    since_version integer NOT NULL,
    until_version integer,
    record bytea DEFAULT '\x2d'::bytea CONSTRAINT record_version_packed_not_null NOT NULL
);
CREATE SEQUENCE record_version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE record_version_id_seq OWNED BY record_version.id;
CREATE TABLE snapshot (
    id integer NOT NULL,
    page_id integer NOT NULL,
    body_id integer NOT NULL,
    url text NOT NULL,
    http_status integer,
    claimed_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    outcome character varying NOT NULL,
    reason character varying,
    headers bytea DEFAULT '\x2d'::bytea CONSTRAINT snapshot_packed_not_null NOT NULL,
    origin character varying DEFAULT 'live'::character varying NOT NULL,
    entry_sha256 character varying DEFAULT '-'::character varying NOT NULL
);
CREATE SEQUENCE snapshot_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE snapshot_id_seq OWNED BY snapshot.id;
CREATE TABLE standing (
    id integer NOT NULL,
    subscriber character varying NOT NULL,
    destination character varying,
    state character varying NOT NULL,
    since timestamp with time zone NOT NULL,
    why text NOT NULL,
    reported_at timestamp with time zone
);
CREATE SEQUENCE standing_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE standing_id_seq OWNED BY standing.id;
CREATE TABLE subscriber (
    id integer NOT NULL,
    name character varying NOT NULL,
    settings json NOT NULL,
    added_at timestamp with time zone NOT NULL
);
CREATE TABLE subscriber_address (
    id integer NOT NULL,
    subscriber_id integer NOT NULL,
    destination character varying NOT NULL,
    address text NOT NULL
);
CREATE SEQUENCE subscriber_address_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE subscriber_address_id_seq OWNED BY subscriber_address.id;
CREATE SEQUENCE subscriber_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE subscriber_id_seq OWNED BY subscriber.id;
CREATE TABLE version (
    id integer NOT NULL,
    page_id integer NOT NULL,
    number integer NOT NULL,
    snapshot_id integer NOT NULL,
    origin character varying NOT NULL,
    parser character varying NOT NULL,
    parser_version integer NOT NULL,
    title text NOT NULL,
    charset character varying NOT NULL,
    coverage double precision NOT NULL,
    floors json NOT NULL,
    warnings json NOT NULL,
    record_order json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    corrected_at timestamp with time zone
);
CREATE SEQUENCE version_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE version_id_seq OWNED BY version.id;
ALTER TABLE ONLY body ALTER COLUMN id SET DEFAULT nextval('body_id_seq'::regclass);
ALTER TABLE ONLY change ALTER COLUMN id SET DEFAULT nextval('change_id_seq'::regclass);
ALTER TABLE ONLY check_run ALTER COLUMN id SET DEFAULT nextval('check_run_id_seq'::regclass);
ALTER TABLE ONLY delivery ALTER COLUMN id SET DEFAULT nextval('delivery_id_seq'::regclass);
ALTER TABLE ONLY host ALTER COLUMN id SET DEFAULT nextval('host_id_seq'::regclass);
ALTER TABLE ONLY host_visit ALTER COLUMN id SET DEFAULT nextval('host_visit_id_seq'::regclass);
ALTER TABLE ONLY incident ALTER COLUMN id SET DEFAULT nextval('incident_id_seq'::regclass);
ALTER TABLE ONLY page ALTER COLUMN id SET DEFAULT nextval('page_id_seq'::regclass);
ALTER TABLE ONLY record_version ALTER COLUMN id SET DEFAULT nextval('record_version_id_seq'::regclass);
ALTER TABLE ONLY snapshot ALTER COLUMN id SET DEFAULT nextval('snapshot_id_seq'::regclass);
ALTER TABLE ONLY standing ALTER COLUMN id SET DEFAULT nextval('standing_id_seq'::regclass);
ALTER TABLE ONLY subscriber ALTER COLUMN id SET DEFAULT nextval('subscriber_id_seq'::regclass);
ALTER TABLE ONLY subscriber_address ALTER COLUMN id SET DEFAULT nextval('subscriber_address_id_seq'::regclass);
ALTER TABLE ONLY version ALTER COLUMN id SET DEFAULT nextval('version_id_seq'::regclass);
INSERT INTO alembic_version VALUES ('0004');
INSERT INTO body VALUES (1, '7fc9a443dfb25ea35fa18997ea448848640cad76a6a09e091ad01fbbbd26b388', 2275, 'zstd', '\x28b52ffd60e3072d1400269a602a30db0163e8f03030f0348e64651120897b14692cca57292d99a4ee21dd272c1c210d5935ff4d0d0c0cc35200540059009c0e1f5168ccf797fe4b8ec2e1f78fff738390a93d75a7ffbbb9dc905be7ec56d6ee0ed79c9a03061c8eeb4da1fe7e9e3db4a1c373fc867ac1137b3c5d00814006c3839eeb7ac3e1efe123c08377cd3bf351a72cee944d5ab745d94d436581baee5076c77c5da6a99bc26a832a5bb6b4238c1ec7efd7f83fcb9e5373681fea9d86df4ca73d7ca1319ef3fb6c7931bdf6320c7be4caa686b26c19712bea1dd1f79a5ebf178c1c0902e34050240e09ce9dbcbb05b483b8db9160f56e86536a3360341b48d5729ec1cc855dd28e15b9ab26d7e6ba238c9da96bfcd930a54d8a30ac3c9ba8b249d4da9645e40a9f5bde553bd56d5fb7aefcc20304ca94d59db2d7a50a05f0e0b446e6c8ff0595de018fbfcff8cf381c0e82409477bf8cdc666d4b9a55eddcf0aee51e7b2e1eb3e0120864a2c02d6f2aaf7becdd95ce91df397ef0cef7a0baf759545b06098ee918b9c72fe78e69a0d1a132445333050575d2182044409462d60ea5819c47b263383e80e1fe7980f043a40075d34d610d39dba3a0f194653ae6491c6a3182091b13c5308f8d8bef3facc1c9860ac76b9a4bcc06056f4079c9939b3abab30792e5a01ecea35238cb1ec123c891991004a0c51f188a49a7026707a6e8a2dde658a5657fb847e4d987d6fd33d924c86d0c05891ab71fd090c1fee4baa39fd9733c400a10a9288fbad8804369d258b9c18c06ed275b55d9690ce40a7348e278ee53d02620b64c42398f0a1fa2d141debe7051d8b7115453768138ba0d08b07a143093c0483e5c4e53ac816de26a82a502bc020ef064b80f9a0293d5fe6aba359eb51e6cb0aac04d03', NULL, 1);
INSERT INTO body VALUES (19, '27e5e3be9ce7ecbe4ccea4217dd654c27ba1f6a1219e4be2926d8bb5d8803d97', 1400, 'zstd-delta', '\x28b52ffd607804dd0200d87b30e383ade383bce382abe383ab31363132e78988343132656432188040b3f60db457460f87300b1b98013bd056270084ecdafad02ac337b3b832ae82855842da8f0301ea0128aa38e08443671c4c2d00b50ce2ac4e31070559', 1, 2);
INSERT INTO body VALUES (20, 'f35a188ebeeaaab846d4c2d82098075039d72ee321012118f0700a18c1155b26', 1400, 'zstd-delta', '\x28b52ffd6078048d0000207b333322030017402108192f7bfd5908', 19, 3);
INSERT INTO body VALUES (21, '1b9b744a6e12c4b8df4db56bde61113e4ba2147dff7405c9017feb8e16f40cf4', 1400, 'zstd-delta', '\x28b52ffd6078048d0000207b343422030017402108192f7bfd5908', 20, 4);
INSERT INTO body VALUES (22, '305d38d5e674e1204642e580db776d1440054927bc8ceb6950501a95cecba77e', 1400, 'zstd-delta', '\x28b52ffd6078048d0000207b353522030017402108192f7bfd5908', 21, 5);
INSERT INTO body VALUES (23, '55c6980d29a19a2576d2d289ade023129fdd7e9112e340298430f372a86ccb55', 1400, 'zstd-delta', '\x28b52ffd6078048d0000207b363622030017402108192f7bfd5908', 22, 6);
INSERT INTO body VALUES (24, '99248afca22c77b7cb3185cd2d6c5d6b9464f64e988664601cc601867ec6ce8b', 1400, 'zstd-delta', '\x28b52ffd6078048d0000207b373722030017402108192f7bfd5908', 23, 7);
INSERT INTO body VALUES (25, '23abaf39f4c1c958143c8c56ca13beb2ca2576d72f9e2b6cb5a2927ca912156d', 1400, 'zstd-delta', '\x28b52ffd6078047d0000187b38380340011840819097bdfe1c', 24, 8);
INSERT INTO body VALUES (26, '2a9e4bd1429723fae8cad5b06abd6ba0a7bc8d30b763cb494b230cd28515fa51', 29984, 'zstd', '\x28b52ffd6020741df600baad982648d0cc78035094bd3365c8d50c72350350929ffcd9ee87fbe5aa89df86fdfa29fd2193ad29f03c24da62326ff499881ea3a33383a3e3c86d7576662c0fbb25a0aa082bf5303a5a3c414c025602560237f148dfd41bdf5cfa299d0f8fbf47a31b8b9e45c64773f4e0cb0ea3a36f9cdc9f02fd8ebe516e9f9edd40fa5ea1efdfce1b67ff458a538bb4fabe3dff4e278f95681abda6f9aa12ab20166be30d39b3ddaee2cba8f3236f1e2679639cf40487c6c64d7a625ebdeb8199356065b16fdb663d5eb278157bb864a2979d5c87fb3aa5def4c1de62145f69fee1329fe15e3796c1adaaefcb425af97565153a6adf36d4cb232e4c17c57b9cf91bf2cab0dc2183b92f56a49de06a3d6017cb2513cdefcb4326cb38f360f1cb5cadc8ca8290c5602cb8b5b2ad55dcba320c7ee755bbbe621864343270315a67583ec9740bfe11c9d9e34fa551e9457a227af3b5cb3f063db597abd8111856cf6e17faa6d2378dbe69e89b85be8fbebc3ac553ea1bc3831bfa36d2f7cdbe8bf5ad53df4bfa56a16f550c0386915cedca82bcac90487ebdab585e59af5704b3601729b6a2f35163fea46fdbefd704bf00f60d91e5d6b55a63b12bf27ea8dc570b5b39626d0cfe7857920fd84324c238408255b5228c9ed4b718bf91e5ab08807cc442a4d1a8c2e2341a8d4433cc9d61f0aa03f6b62f118116835d0bb0b3fcbad8d500fb017b43d8112b82d565b5b1356e45546c2bd27e98636fbc924330f8f58257221601881bb756569657a239843bb308dc18c9bcb2b3ebb664d74532cb2c02971baf21b0d725c2f8d9e4d3df77f6fe8defafb79b7eb3fbc32afe32db71627ccdfe42a167067d707a820ee62e3adfe3c955ae6b7e670b8a061c195804b32bc76d6bb5b6b3fbfa685db6fdc02260c15ad78a0140e57acdad9541850e1c1a141604c0083f9cd4c682051046a9d349868363c205ca2245925fee2c93605833363030b8502103959a1e532452b346d6f70acaa264bae1d9b7d19ed6b74c2d6ab230ebfb644295502a12d4a4648422da2736be29c2a1d877d4b667ec3bc5be2f4ca49492e87737dee274814225633e0bf34781fb45c509e400f551c59a111868706020bb42842e52162897bde2c4c37965f09b4e50991c49ef29538ff67727fe85271fd2725d098f2ae5503cddfc3bb913e9641a9da0369fc371023faeb8a4fa69b474f111c31b546c8815fc112259b4c4ec153110b4981f877ad2be6feafba35a697472201587bae431f65d62df3df5cd4303f52dca3d554a651c88bdda01164e29d1ca365850a1e31da14c25520a57b3aa583059b69ce649135095fefca0dfe5f889bedcd6d4a140dfec7927cf0b697ee6e67b70f9ade78b2ebbd1e4f386bb0394b2bea5f64dabbd73e5cf70a0c2a57ef3f4d0937facf99d9b3739e60e50cadb094d27fff54a5e7036392dc569539c08f438355f53f33dbfdf0442713ed1a8ab0cf559eed30897bcd9ddb4bfcef87780be7efaa9bda7043dd397ef66b7cdccd741f1a3c92f0273a8d02bedbb5adfcffab6d97728c42b82b51e6f4887ab9d5fd6fba132c9eeebd5c62c388ec1dc8f8f572563084f4224154b9a5b171cbbb2ab05713f606d2c844bd1be310c9e679947c76ad55250ac28b3fb86cb2d4abb147f32bb41515f7e3bea33356fc2f49f27f0bf2c3d2fa9b327546aa5a00890ab75bf7d05c7973cf19928cea4e24bda8937c6d4fc9b9ee73df11ded250f96f83d3914face99d8f6929ba7eb3b58f54afade0df79ca49ea4efdaec16d2011528d15f527252dcf53c8f49f44de1ce62e36dbfea4bf3a87f803b13f842a33b69fd9844ea512049dcd18ed08e425ad5f791491c5f4ed32d3f0b5487fe489a997cd989e26d0845686464c4f48be26bc8a4624db8a52fde7acf1d5aeecb67d597224a553f99e9711bf2b63a44404c67de44ea3d3d6f6b25833f74bc2d1c985d67f97df49e9284f1e55314cffc44e05ea5779a52462fada1928a2dcd8e3a4888fcbc12fa8748efd459b2a9a3f7aaefdf86bc618e1efdf99d9ac3821addc7d1287bb68f69f90640a59d0110e9d342df451f9ce23b30d29a0daee69b34fa9147ea81394f2be9785bd6db86b4e45706cb30d2a3be04e64fa51ecdf9499b7ebc9152751d8d4edc517d7167f3fcc9f6c44b34278dce9f713ef19e2de3992939f0f9893d0f85e232d3bd45b9a3307d958aebd87b08cc8d65242f3b48983da752f36c2f8cea3e61cee382ce1895dfae6265242132100121313ce2badc592493e70eb8057f000983c4df5e2bf19f20d4236f6e35df12c58b505ca843b1edc89c0f128ff63e7be2ba1b9cdee3fb2a33261828d433a12fd7c1d188b71224f3bb9ae3f6252fa34f9c47cac1f99ea94ff26cfbc882ae89b6babe972e5f18fc48964ff3c44b4e727af76d76f2939eedd6a3ef21cc57d63ccdf33b285e53935fc0d876dbcec286f3d1d46ea8eba85ec55698461a19a5112ac14b268a7d0889c02c0a37248fb42e57243220c7e6b9459ced751597f9eda591d479c2c1316d6440a0c07172fb3624a4dd84c9e938307f545153cc3df15953cf49717ab6537d3c3adfe689a774c67c4442656800931e48fbeb49d8f281433da981c34329a5120054aed7dc0a7db822b12bbb1756f9c2ea7265acb2c6bacaf1db828064acae1606db5841e095e485bd12d6f5c080756eb1de5843c592c4482412aa84a2308dd66371e7e9f992c94d5f16fd5aa22051944a0477e8ae068aaf1614a311294596ddf8e3a38d01c2f0b090ac5a91378ecd300c823aadcc95df636225c820024d021f772414bd3d618e96da8e7006a342a8a3ee647e14988f43d53b5ab2ec030848fb12e6d47c10a946fc904856af0b8e89de367e5fa259067bb4b07c82fa357452b1a754a969ff5e6fc5a3fc725dad8aa4812f3b6f7732c5296c6894d8705890aab0e141c9f4e5cfdbff8808a54817b4985a5eff7e5d53026ff60c6f8a97fc947af4d9b3e4d1f5af5792485c0efaac25154fcab06a7cf67866ccd444556a22473539ea38a99e63f2eb9cd4844d35d1a39a48a19a9811e62c549e1eedbbace40672251529ea91272f89d941d5636efa9446a4d2a8e334824958a411859c1a5da02e4e278b937168cff4bae77df47d60760d305594522514e944b39101baf019992c6e47dd67939700fa8fca71dfc838faa67fc8cc699d7fe3f277b61ee5f939bbbd65ad49eaba1df539c4d1a3c25f4dea51136f42efa00f2dac8f7646850b2e559ba18ae7a1f59bb5a606d6e8eb50f7a944071f0bd2a80445c2da10992ca48365ace6d0b70964faacc79587cc4b56a74d6f49ea34e16c8ff9d977cfbe9dbfd9e39345da33ffe5fc76a48553aab94ffa6d39992908f4e9c0b131218306030c9f9e181a1bafb27202f37b419d70260a5bc5b2952bc7ae07c94a9963a46bbadf925313a3f8ef890f6bfe8d32bfd57690b92f269fe6f4dd896ef33231d9028a0b3aa30f8976a8c455d7d11214cdd0080001040400b3400018128ecac772f270157e440bc4436c91f0100e1e6258020066200c0084100310018018030c70a08ccc03431645e1d346c1b2429f083a32cd923a5a2c25431b07c2ec5f6a71cb71365ee4c554b2e10275542a0b83f77e1907d20994816633a1aec7b87384b6d0f691b7d8d95c56088bb72b1ccc9086e2fbdd42d6fb5adbd7cc76d8e8a8641d3789cd28f9b008885ae971bf4f96903060db19415c730003ee4ca43f2aa4cc981fc8f04bc54713c36f6b578e5cadfc763902ee2c4d49a4308c2d9b643fd759df93efcec239a44b0c3b9cc4fd0f9b9ddd5a35f011e667350e20fef8f519a548d5901e6089504b5f3a21ec15289a3b81b3c258d4bf3072ba0876886a8ea6a2a270cd432f79af2b04240c50448f4d0b6b48869857873a320bf0382b609d09ab48f6db1720faf69682bb0a88740480895c12758423100747477392acdfc41055c29a23ea859778c51d7d5790877631a9360203c4d9d4d9c271affc2165a69f18df85d2ea586a2c79e1303e05eae6a73aa5f13125c39970bf505258d7bbb8e242ea43b3970b793b6744fed846ed877c349838d1a696995905e1e72c4b2a2994e8357c7c48d64832188887f6801e6dd4c8e5c71f6bf037ac15949b4d80a5b8feb2ef593ecb7a723c877c18c1a528f96330582d70d77093e7ce087350866f927430bc772c5e04a6ab604cebdd093e21330243449f12deb68eb59cbe625d07507f915da8d929a927d566896a641a6ee8f678d4a146345edc5fa6659c75796c59431c739116d446e3e48bfbbec411e00db03d370f107cb77405d671506a1073c67303f51b2d1c2374b3e8fd5f9bd699b9ff3dfd08f3ef6e8837f04362b57b255c28745d62f3f75ef5a1f4c3863039ac039148730f98ac2a6675e023871c6ef010ef8dc956f63d6c3725e0ac90390c66648291e20ca50bfcd1ec46a2352a870e9099ef9fd2d74ae3df658c4c7ec818224cb2e274395c7e46a56c8af7bb9f9cd6f74d46da522fe299e0c24f5e419649de0f71010be3197598666506f3d2e0562a55114cf16ea09ac74e01badc201128d366087b603d4f0acfb52bc4c54ad54653ed5ed17518fe4b1fde9bd50fe6178321bcee96d879cff2f2ca3ac71f43a75d9650ba197f3ef3d901c53194592198b903ab623654b6961488dc3305197d1972a405eaa22448ef83e9c61b23e7b8c1a69564da2a29eb9594142d025f3ab43a1f855cc53bb4d9d9439091847e080709356c4b3b5f4c83ac80c0ee60ea2ecca4cb692474d2b398026a02429b9668c7ecb9664b9bb0f7854515af6b27502e1d870b75f4ed64a48e597c45b8d67724e537bc26fc48b9645ad7070e197252dbac4eb0498242875ff626b4d214173e9ba88899b2cb8a9b75a857c304415f8292a7310cd3235dc2c4f8551a3505bacbd174422b89b9de2d9f0b0eab0c5983c3069bc484cc4c33ea3e27bde22850157218129894c397c57c392e43c411fc06e32c08f5f3224c671195e99cf428ff10be033317f44f0dad0a220ade26d1e345b2573250d131b6e6dd9d4ad46a894e4dec97dc9ef4984229c15aad7dd0b4a1b55c48b6ee0841ddf3b64ee43c333dbe3897e84d00b8a520fa04b678890cc36a873a9dcaa208f383e054b07c29efa6f8882cf9d5bc4e094d939d71861f918e6f3f402d7936f985e62e12e93e4090d513e2125f8b3159a1060167cccb07bffb82fda5f0d074d735cb44f4d006fff639b64dac46bf44cbc8a3e2b7a85b97862a7e45f81a08afff5b02bfb1b3df752d1553c6f404316e49a98bc158a0201f92a5aa3bd1c45a344c171a49cd7d6e2e16b7c57e93f55489515032bd665813b53e8f13eb3c022a733da64ecdc95322a032eb609f54a83ca87dffeb7193f4e34a9e4bac1e2a3852481801ecba34f08bef1f2768390a232fe9925063dcc4b5fe90e2cfd0de4b589e5158b99761ea472d26428e7e3caf30ecee0be15109c00ef0caf53345d1c910d7030a65e582b3badc4502dcd2bbf744097e9d0b48dd80e71d9d26c0da906749d65738bae01c6deb70fc2cb079bb9bf82659d8566b09596dbc00e41063217e76ebd194547046caab8986bc2c5c7637fa28c4b98811330f91a5841f76ec421a4e1ddd4938bdbf0ffb0c78e6de73545e8c4fd62f2af0ebfc2b4182138145bcc8d0a66700020cec26a47741111038a05ab6b3b9d4c9a2645a014c661f66400a101e4ca36ff4dd81f133de3fcba49e7c586939cf2646c87f9c3c5b1b35bc31107d68de3df49f50c16485a9bee0f63ef18428e7565219a14b666789d715bb85d157bc6ed12496cd5dbd8b8709ae2d43f8b09f1e0b44b039d84982b38acfba59cb6b10cfbb06fed8ca5b0139a882f041020df5efffc6089ab71527ad1479a8030761c3613062d032ff2e7dfa2d37cdd21cfe48ba02cd10b46382d0118c0fa335a1adf11633ff1880880c0525ca114b15184a0afaf4e85e3cfca9c65f45652cda011c7c76dbdb1958fee60e4ae01c9b81d6c456e71f92c791fbd0b5cb72c3dfe89fb32398b37026e06066e3e1962f5d8e130f9795888528058a3c3ffc5dd7619c4031cca42eb5a2689137fbb7a3010617755758be29ce29250ef6aa9c298c761de7eeffcb6bbdcce0184687dbed5ed79b29a10d317eb48f29e59c0660bd19f672894fa540e96dc16ece750848465c013fe03d66391022795fc6717405e7eabffa72cdc20c83886d4c49cc675206925792faafebeae12d7022b6243ed3d5e2485c41e7580717763dabb82505cb31603c8d7b3068a5748e1666cef7a0fb0a90a3b6260216124da92a1f00d3e0829b0e921d4867e5f7b195fdd230845ce07d23efe0ea09382cf382e6d0274e83c812df0df49a36e6f253c23306ddc0b4cd949bbb36bc6c8b78effb5927c79f08e35ea5ac40b3c3053a24ff2241240a8e4d8c4cf96e887e917b18b4b188ec2b0a7ad8fa6395e6aa427b4588939e032a94c06e27c0e7cac77a64ced72fe84cd0237850e40b6f5a3538be4ead4ad4969d4e5a89e01f69ceef221643b663c035e37e55557b36bc8e50e2fce8312f55ab4557de3cba6da34fc659231de26854718416f008e8acb573d396afb93ed55c35dc4166aa016a9f6d1ddaba19d64ee2a1c4d4f6a0b7055b86eb0c86762bc0c0e90d50fc3d5be1bc015c4a53c2a61de8324f798cbde474082b92fd2ba8b0936c5b6718e0a3594c0f5a1580c340b00a070ed09c75d9dcd2bd1fb0d37142c5812da3ae661497c123c086cef3c9ccc5ca3b20ca64feb25c988592cad59a1300474a2d00371c9ab62f8211f800137c0e18d028953d955c0f49fac9c368e769594f61df960f7316aa0560b8ba7f623db5e3e01fde3019a2d0bd2848821a8e8dfb2d00d1b3831b88fd037e13de2f93aedc3d49bff2c6a28e062d14fbed9aabeacea9849059fef192671387ca0f453b99db6c2d7c5407c524b8ab601308d19771115019ab581a8249b790ad68c9ceb0efa421774c8469f08df8872ed72ac2ab452c0a0f18212a73c6e129c6318d41eca1bbb762e195786b50c49facc2e534c9eec732f1f71dba15a50727f483c4d144e3a12764b412d7037a1d019d422d1a164fdb821b49359648d8d3448d825c4a29d49d26167d673ab8df78977fec5857693fb34b8cb4086a16b41abfba5719dd19052c3468769b9f9781572d43ec56ce480a90154b57f57b2179f76171b1cde54a477927b11f502b03e6961d33e16ac3f9b5eec731873aa0bbdb50cdc728f91ba45bcae0064467a55b2eeefd0eca76d30d81138f7713b3c736e39d671e3620c18e466563420d974182f44f921148883813dee860647525291ac48856044840bf6a343886b099ae3f6968656a30c1e54489fc6d0bc933d848f454c69519969ce0ad529a4f111bee548e18e0878ca0160603d164de94ba100724e70d345bb59c46dcd416513124051b039e8c53b5bb943eab1ca0628616c0190f2821d3b7e4e5ac81efd7b99fd5338f41e058712fa0e88c9b544bf84a2ff8db095137f2a27fa479e58980b012fc4d4d6674d840f6547e9e82d031ec4069e52b7bb9ee4a7b78626c435090c73880b59a27a9b098dcae74d83c92644389c589888cf2636a955abb925aeddaf7552d383a7a41ff65d3e23555751f4b060d341141002f5b2b809068a6d455148af626a34eebcf686fabb5f5cca94207e324bc50bf5e074573e37926e9f7753fefc27cae9154269a2e05135a72cf8e25ec88a6451b675d1da436c0169ab6a492d9865b16c9c27670b6271f01367f6b17b9a688230efce9b9b6cfdb101d0ddd637b2e45552a96086442411e6f152c30aa13ab908bddefad8fc802bb5bb6bcb3e038a15b7bf92bf08d11a63788c8e1c5595617c05bc30afcd7c7cbcc1434a2a5f02c0593af5ff1ee80a4c0ab90c9176e91599a40c801923ce12cc4f0a4cc2812d738ac3210b183c9530cf338cfbba69a9162ff29a81d31fec0d3f897c198856e95c7bed43892345641023607124eae11305a5a20640d270df33782d3b19d08e79aeaf719a9f71e575e873d145f84886394735cc7c1bfee8c310c5c0bb968b1fc58c4bbb4cb1110714474a7360f5c2a3fbea114068ccd73dd98dc2cfe3e238645eabc7b7ad4b71e12a3611fc4ac09f7df53b9a26d9a9adc34ca034955ee15d0135f3c590624d4a68796049a3e586488fe2087f55d7d7b3588a5f1fc171ce0b4885b4ee4d1868bb7d3d0ffd36a6833a077fe13dbca71d4336aae6ceff635a62665a02d8745a3ab11332efa6e866666dfec538eeb1aed656774a7a1b8993f07d89703e17cbd302886992540090aef83d3e0ae51112c88f33ea83db405b9a2f9e18f5336364a76b0f8a9058240bad69810338f78023b1bc3d02330b29ec70c4b20c63b13d27d0d1b021d6a37b5cc9e8264d3a48c25625ab662fb5af6b546256a7b496d0c3431f3462dab159de5564ebdea50f699bb0dfe31d58792407aa9ae75822ce383bc56eb762b1839cc24cd34bf7b5ca06e16e948655aaf2be58f31dd4a30cb8c20ef6c651c106a833297135d130e130a631fd749982242c4b42b5153c13e486ae60309c55997eda15d94e4158f058011edc2489d194c6a3e61ecbd44b241ebc658e149605776a9a4e73444ed0b108990b0028316f650a9e3263b6f113429b2e4da88cf43095a4e1b0af768f74953053e1012d06873914fb513caf4321ca276632b0207282b0104d5297ddb9bda1a06b239894968900753e22825150861166cac9c90f7e5a3850c4bb4af90d170cd0bcdf08cdda220b078e384aaf78997938f14cc9789aec0deab562df4aa9e0859983591af261243efa1a43fa5371569a2853ee609b58d1e4272ea07b6cc50790887f26a79f6e485d2008a3320673b1b2f5445acb0344cef62e19889e9848426c51905f8331408612583031859cb6640be24f52a1df655afdae6f024480830466387a1aaf1ae41b4f0d316cdf32bd2967011afee82512c2837d6aa2a94f64879aaf4fc2709423a0936384347656d9686e1af6e249f6cbf545d0ccdab2acfc78c359a4bea466e9ea3e144733b3dfc18f3f2735ad260ca1768da25ccd0087c3821498b8649e0d6456747d33b8a4b4ba763333b6d82bc3396ced12fca5b7d215362e64e2e428736e8e252d0ea7c0bbe4c805f839391304cef69f786de292cfdf7d0cb2298547a80c944d23ee327ee4218b8efd31d1e38d2bac7672da43f54a20a4fb803bb1894a78c5dcf174a73e84cea5e92ddbd6bde35e9e7b130570dc9c0c1df9c0eff8805b76b38bca173e12bd1402992364d69879c0a7e67b435a0d4eaabadbc80fec7d1d2cee363153515ab5e8594742e6e2fb197a5a51edb0eb2330a0632c846c74e8c9f20eaa78f8508a44398f8236c18ae1504fb265e1c3f02d81b9b1df07693cb41c470c4990085f66f5b89804d5f398e12f67b7d9962da1946bc8f7ee7f5b436076f828c69cf7b92eadb77959f01c9c763ccb022209d9e39b34abc97957c2c60cf8ecea28cb23690937eec7922daef696aef2cfd962f5e9a7602f50b65051b981238cac8469678273a0962f850e794a8cbf18d9b7116b25b3c2f274b552de0dc75b7523292aee89693027e16cc1dbe82b08831eb7bfb34dfddcc3cb9f85dda080c5fdb64bebddda2510f27a8a238291d2ac622739a94077dfaa9b5b95186edbb3b7479403a1cad54ea6b12cd1083b5284bec0a418745e307238de8449d6c36036964d8b083940d020da808bc95709231b998bf8db43aa757482710cc481fba2993a86d022495742cba24f5a2fccb8e186f4756c0c614dfb9eda534e1bc4e79622cdce98fa548a355891f4443b74493a3558e36cdd7e4d1a82460f8f34d507b5f9a3c6a9a9c8b97723bb0349e5a5fb72b7ca349950a4193231af0ad32ba79666dc5ba92cb9ff2abf506bb13d9df068e206c02bb3396ec1e9855d6389086fefe95e8dc3819fa4374e356f9453d12ae7c2958ff6da2e358729d6432b48e912b1f0128ffe9b5d894bba2ed4f41d58a134bb729a8a10cc2ea66ae33e819064e1dc5ca4829ab8ad4e675c72a0773b4a00633b79549f307e4d4a33b07dd4c2c3f4548d96b6ba0ea0d95cd6864725c35b90fb53bdbb55f0de68b348d7dc4f1c20036c257cadc25a41588524c2233fe78de14d034048813b6452749b0280415bf21291fb6ced2c7c6659f0dd46f201862c5e55cc7f83b2ef14e4bfab08661f2c795c5c8be15dbc1f4c99aa694f01e0a397c264d43538116d83ffda8e20f1d4ba6272ad4a40881571c7adb0c6b044bdb5393075506f6e62192f6c629dd7dec65015ac919c4378973bfeb07f6c2a6f4962284cab1ce1c7b51234acc327d19326ebfd2fa0e0e5af28191d215eb88187ee8ed0ec2149caa2f355186522b0b7a30a1fa7df98ded459a715621b16a21fce8dc02e1beba896908602d6fa3dc1604ec5fdbc1825ce03bab2546feb4795d78f3d20609d06bd7a763d046cb16891e6071f59ebd24b52c8d9919c0257197f63a2921641da0f49998e8b19df5be862cf1624eb277af58ff3d96f9c06fe8dad8344401db91a08a399b43a36fa389a8a337a641b15b4a5ce00207d1329506b72381fc603da2b907c21601f0cb4c1a7f7aadecf3291b924c9685cdcfb16940666d670d3bb2126eec5ed30aacc3960136b3b94f04139a715379d85eaa158310424684d3146a0f105d8fd4d9f7f3a091ccf04ba567384a0c38e0b1ff4f418e4d5eedc5745ac65c98e95a5009776444c7da07f0dc1e73cc2a7102f50ca8ff19fe72c2c0d1ab6503f131ed4ea27eecc5be0c138b0300db146043c65ecc9269ab83381a616885b2f42ee0aa6cbf3836114a149d4d5cd7cf432107550b9559d46c307b3abe59b459477762bd79eb713450dd51eab04b9b3bf602bbd7e337df9d479e6e1c37383a84be7f4be06ed61d1a4b059f939672d27a77164d47e0d1281eb90823271cb5b9e6f2386ba89fcf4b98b747fba1e36ec4a580dc3ff9b0da029ca732a2d5a0e1e928ca5264f34ee572830c9ec140831b61b8597012f8a4c1cda0161f302d70a5c93d28f000e5adf87f0a456f03f0e4fbe7241cddd5f24af13741025d7211fbc37d23384865dda89647fc03', NULL, 1);
INSERT INTO body VALUES (28, 'f866593b4742f3882eb2660337f75d8ed2b73a850be48f4f8eeaec90f6e801f1', 30053, 'zstd-delta', '\x28b52ffd6065749d0100603c39343330383851546e65740b80f0f4eac9006c5d2314225acd2e34d8b92c4f1b9e519600fd00e861f05cd6e08fd43eab01', 26, 2);
INSERT INTO body VALUES (29, 'cb9969ba394d224eb15c93e78f840e4a6f0e6bef10aeb8af5723890707498081', 30035, 'zstd-delta', '\x28b52ffd605374b50000083c04100e87af55bd83e3aa535047acfee1a0d5e915', 28, 3);
INSERT INTO body VALUES (27, '550174ff7d6ffed41c364a3bb3ed1762531a37dfeca99328d08d02201528db7a', 23, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (2, '97989f28f19d7ab96277721961a4ce4bdc06807173dfed0cf961cd309bfce4f4', 2275, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (3, 'dad69ee3da2c713cb608ac4135a642419b13ee4711398bf1d0ebc315e5894561', 2282, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (4, 'fb76c6859d2fb3a77fbb6903093cc2ba25f71104e2c349e5baa1fba69e52db95', 18, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (5, 'b73748177e5abd53eef11b1002dcd1533a3cbc2bb35d92fdc032346dfbce4c83', 1832, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (6, 'c8457d68f23774b908306d3015fef25417d654217753a93e7f5a1440b2e5301b', 4789, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (7, '16c4109058fcbbc317c1c8d07eb0724723d054e0047d9b24c126ebb47fb0e8d9', 1080, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (8, 'dbc657d68699e6d734a616b4377d0430af94264b9020392110bb9ebe3719297d', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (9, '0e82aa755c319519adc3105146fafa380bfd51a2235cf1650421c93b731db514', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (10, 'fef0c7891a44ee417c60428d72e980db2e1bb8c2c344923ccc0aaf281f27dcd3', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (11, '8e4442bea94c68dd7e6b30f392e6d4f97376a49c60db46ab2db51a6a9c8e7051', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (12, '78c26dc43d96c282bc9569d47dc3f7a5455e1a78b407ee92c8a0cd4ef05598aa', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (13, 'b27b16dd8c211a428efad03d9ce6be36d75bcda2b816c57dd39e18da7da0c358', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (14, '95f0fadd17dd7f6183fa525f8c33ec775d54c7f7da52ecfac7547d7ba8381c63', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (15, 'af52fc6620e4c3a138c6193d73248caa3b6b990e19837a9bc89669d66f5ba212', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (16, '8a4f1ebce822f5bed81c9a4516bd6768d79edf7b2cf0bdc3e76fe8317b07c56a', 1399, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (17, 'c8b1312bb7a5fc7d1bee1fd410bf3efc10fd62c07eb8ec952ed5dd6d45b4dfe6', 1400, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (18, '13041c8cb7c0e156f22571d242e6cb10f31f72e1c5e2d6db33884807e584d889', 1400, 'thinned', '\x', NULL, 1);
INSERT INTO body VALUES (30, '8d3b4747e805c5a440617cc66fb50c94485b1933ad0cd1cb449f59459e4f043b', 46, 'zstd-delta', '\x28b52ffd202e2d0100b83c703e84e381bee383a18ae383b3e382b981993c2f703e03001cbf6673ac2b318923e010', 29, 4);
INSERT INTO body VALUES (31, '3da57e332d2bc55c74cd2a93104b54eb88e202d3568161a3a0d316a70e4e5ddd', 618, 'zstd', '\x28b52ffd606a014d0c004692442b50790323b66666a645db781b93647e701600db79edfe9d269032c59b7dc9d099696397ae7f8fa9a2aaaa1e360039003c001107aad6ea48eccdc4e6f39bff0202f7447f64fc7d739efa413e398a29794cd174fb5155d5c120e1f9ff917bf6f45a00899b21985f4b6be8b65e142490b5ca36ebe5676a3b32626cd7b282439faa05a18a952cd1f8e4a53625d7b2f065df8edc318891d0f364777e103c7efab3ef38054201973a16eb79adb0148b28745a2ca9ebad64a8b4be7ec3bff5a3e423e3ae6cab6846e475d691acc5658a1ae19093239e3eac82bc91bfca1469ae18c60290b81ea24dddb18a616453638e4afa567fd6bcf21b01bdcd6ffafd2939fb133fb2dfa7639b3d97b9d419c50d44414012048632282044e8a8e3015188478929889d8dfd0c0704c4f082fecbb8028a01c2cb1200e29aca70fb047b037687effa206d61f8b125726a1fee9be1481cca1fe72a75c6d1e059417b0fea21041fe9029d864970a424c09a897bf3098604a96c43852941002b3134701c8033b39bb7dde903d60474bd4a', NULL, 1);
INSERT INTO body VALUES (32, 'f398fadaeb2ba5f10f608492ef1defdba33ec116c9858441d6687c665f7bd6f7', 1080, 'zstd-delta', '\x28b52ffd603803950100807b2c20e697a5e69cace99bbbe6b097310a003be407edc701027a0fe74505550e96d7013874c065c829a9989e48a54d25d8', 31, 2);
INSERT INTO body VALUES (33, '16de9dfa12664d7331c84ac261051ef5ebe566d03dae3faf5e45825fb04bcdbc', 8, 'zstd-delta', '\x28b52ffd20084100003c703e313c2f703e', 32, 3);
INSERT INTO change VALUES (1, 1, 'plan.amended', '|plan.amended|', 'plan', '開発供給計画|全国5G|富士通', 'https://www.soumu.example/富士通.pdf
開発供給計画|全国5g|富士通
令和5年5月29日変更
令和6年1月23日変更
2023-05-29
2024-01-23
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 03:30:00+00', '2024-04-26 02:30:00+00', 1, 2, '\x28b52ffd00089503009402e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239327d1aa0702b2ac80370622430b707136886276d84d2222bd43b0d81e07ad2fd4a40dfe87fa71c2db4d328a0c7c78fc8816771cf20cbe8983c25c898a259bc62003eea7293a184d63c', 2, 'live', NULL);
INSERT INTO change VALUES (2, 1, 'programme.renamed', '|programme.renamed|', 'programme', '5G導入促進税制', '税額控除を措置します。
5g導入促進税制等
programme
', false, '2024-04-26 05:30:00+00', '2024-04-26 03:30:00+00', 2, 3, '\x28b52ffd00001d030084023547e7ad8922e7a88ee9a18de68ea7e999a4e38292e68eaae7bdaee38197e381bee38199e380827d138090b7f5bf03202b340d4b6b77380a3b81aee4679940be29728fe5d4f58c1e5f1f6873e5d917c2c48922bd199a4a0d723207a3064a683102', 3, 'live', NULL);
INSERT INTO change VALUES (3, 1, 'document.replaced', '|document.replaced|', 'document', '様式|認定申請書(導入計画)', 'https://www.soumu.example/001.docx
https://www.soumu.example/000.pdf
様式|認定申請書(導入計画)
document
form
', false, '2024-04-26 05:30:00+00', '2024-04-26 03:30:00+00', 2, 3, '\x28b52ffd0000a502009828297c6578616d706c652e35312e646f63787d16a060b7d9106e0c82f0017242b0d8998ae840a5ce93558ae6c3a99a1064184e062d12070d4ef9078db083529c9b6123d8da1182416d8b928be2685047099d43', 3, 'live', NULL);
INSERT INTO change VALUES (4, 1, 'page.suspect', '|page.suspect|', 'page', 'support', 'itlookswrong:maintenance
support
支援策のページ
', true, '2024-04-26 06:30:00+00', '2024-04-26 05:30:00+00', 3, 4, '\x28b52ffd00000d04006405e7ad96e381aee3839ab87b22726561732274656e616e636d65737361676974206c6f6f6b732077726f6e673a205f737461747573223a323030756e74223a317d6578616d706c652f737570706f72742e68746d6c227d0e00ff6ba66139b9d70a2c9515305cd8c896e3eeed9bb5be89037810242414bd7cb87327b7a0e41340', NULL, 'live', NULL);
INSERT INTO change VALUES (5, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|富士通', 'https://www.soumu.example/富士通.pdf
開発供給計画|全国5g|富士通
令和6年1月23日変更
2024-01-23
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 07:30:00+00', '2024-04-26 05:30:00+00', 3, 5, '\x28b52ffd0000dd0200f0e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e325d7d7d15807069b90e114b01b4642140e136d2fb4d99235bbaf90ce4ba8d481224e378aa7023a08fa59167a672454cc9084cb3f2ba86c2273b6d5243092d78', 4, 'live', NULL);
INSERT INTO change VALUES (6, 1, 'page.recovered', '|page.recovered|', 'page', 'support', '2024-04-26t15:30:00+09:00
2024-04-26t16:30:00+09:00
itlookswrong:maintenance
page.suspect
support
支援策のページ
', true, '2024-04-26 07:30:00+00', '2024-04-26 05:30:00+00', 3, NULL, '\x28b52ffd0000450500c406e7ad96e381aee3839ab87b22696e636964656e74706167652e737573706563726561732274656e616e636d65737361676974206c6f6f6b732077726f6e673a206f70656e65645f617432365431353a332b30393a367d6578616d706c652f737570706f72742e68746d6c227d140050842de0b8a53e387780fd3ad279b6a68a6c1c4b65790c9744b2b5ba7b35d62220453ccf5cf84d1cc0832021a1e8e5c39d3bb905259f0002', NULL, 'live', NULL);
INSERT INTO change VALUES (7, 1, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|富士通', 'https://www.soumu.example/富士通.pdf
開発供給計画|全国5g|富士通
令和6年1月23日変更
2024-01-23
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 08:30:00+00', '2024-04-26 07:30:00+00', 5, 6, '\x28b52ffd0000ed0200f0e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e325d7d7d16a07069b90e30c28ce09c3b111809dcf4b4f72f80d8d2f1f372ad67498f088ea7d823108b34264f277384f1d1156432866996d71c0a9f3a6d6628a1090f', 5, 'live', NULL);
INSERT INTO change VALUES (8, 1, 'page.moved', '|page.moved|', 'page', 'support', 'https://www.soumu.example/new/support.html
https://www.soumu.example/support.html
支援策のページ
', false, '2024-04-26 08:30:00+00', '2024-04-26 07:30:00+00', 5, NULL, '\x28b52ffd00000d0200f0e7ad96e381aee3839ab86578616d706c652f737570706f72742e226e65770b005f8d0010e6e18a43d0f0a56f5a6b4941e0413c9050f4f2e1ce9ddc82924f0001', NULL, 'live', NULL);
INSERT INTO change VALUES (9, 1, 'page.gone', '|page.gone|', 'page', 'support', 'itfailed:http_404
support
支援策のページ
', false, '2024-04-26 11:30:00+00', '2024-04-26 08:30:00+00', 6, NULL, '\x28b52ffd0000b50300e404e7ad96e381aee3839ab87b22726561736f6e5f34303465737361676974206661696c65643a20737461747573223a343034756e74223a337d6578616d706c652f737570706f72742e68746d6c227d0d00f46b466031771161a8793f841e3e0331a5197f1347f0204848287af970e74e6e41c92780', NULL, 'live', NULL);
INSERT INTO change VALUES (10, 1, 'page.restored', '|page.restored|', 'page', 'support', 'support
支援策のページ
', false, '2024-04-26 12:30:00+00', '2024-04-26 08:30:00+00', 6, NULL, '\x28b52ffd0000dd01002402e7ad96e381aee3839ab87b7d6578616d706c652f737570706f72742e68746d6c227d0700a5cbc66fe2081e040909452f1feedcc92d28f90410', NULL, 'live', NULL);
INSERT INTO change VALUES (11, 1, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|第1社', 'https://www.soumu.example/第1社.pdf
開発供給計画|全国5g|第1社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 14:30:00+00', '2024-04-26 13:30:00+00', 6, 7, '\x28b52ffd00006503006402e7acac313547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239375d7d7d19a0604b410a1d60622438e50e0368fabde5b4eb1778d8e0f868591b28af63504e4f0ed9636da6ce419478ed68ba1891450faa248b01244bd9aa01f6a89399c894d04305', 7, 'live', NULL);
INSERT INTO change VALUES (12, 1, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|第2社', 'https://www.soumu.example/第2社.pdf
開発供給計画|全国5g|第2社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 14:30:00+00', '2024-04-26 13:30:00+00', 6, 7, '\x28b52ffd00006503006402e7acac323547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239385d7d7d19a0604b410a1d60622438e50e0368fabde5b4eb1778d8e0f868591b28af63504e4f0ed9636da6ce419478ed68ba1891450faa248b01244bd9aa01f6a89399c894d04305', 7, 'live', NULL);
INSERT INTO change VALUES (13, 1, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|第3社', 'https://www.soumu.example/第3社.pdf
開発供給計画|全国5g|第3社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 14:30:00+00', '2024-04-26 13:30:00+00', 6, 7, '\x28b52ffd00006503006402e7acac333547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239395d7d7d19a0604b410a1d60622438e50e0368fabde5b4eb1778d8e0f868591b28af63504e4f0ed9636da6ce419478ed68ba1891450faa248b01244bd9aa01f6a89399c894d04305', 7, 'live', NULL);
INSERT INTO change VALUES (14, 1, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|第4社', 'https://www.soumu.example/第4社.pdf
開発供給計画|全国5g|第4社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 14:30:00+00', '2024-04-26 13:30:00+00', 6, 7, '\x28b52ffd00006d03006402e7acac343547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239305d7d7d19a0604b410a1d50624470ea1d0768febde7a4ef1779dee23fceb1accf28ab4350ce4f0e91638d4c1d82287aed68ba9891c50eaa248b0192ad6ca501f6a49399654ae8a802', 7, 'live', NULL);
INSERT INTO change VALUES (15, 1, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|第5社', 'https://www.soumu.example/第5社.pdf
開発供給計画|全国5g|第5社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-26 14:30:00+00', '2024-04-26 13:30:00+00', 6, 7, '\x28b52ffd00005d03005402e7acac353547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d7d19a07049410a1d50624470ea1d0768febde6a4ef1779dee2bf73dc8533ca6a1494f38343e48846568720143d3b9a2c66c462872a49c500652b5b69883de9646699123a9a', 7, 'live', NULL);
INSERT INTO change VALUES (16, 1, 'page.suspect', '|page.suspect|', 'page', 'support', 'plan:2wherethelastgoodpagehad8
fewer_records
support
支援策のページ
', true, '2024-04-26 15:30:00+00', '2024-04-26 14:30:00+00', 7, 8, '\x28b52ffd000085040012071a22b0271dc02581665e2127231063241029fd6efb58bb6d6e7287bc2122465a2ac3842a4eb2d62bd0ebde635870f69a22ee0c50f6814912052533adcd0b20099874e1953e4cce296c56865f8ddfaf06154457cafc96d615becbbeb92159bf99803416cf43f1301c910c000cc48cc6b2c4f4152f66d2503dedf79f55dfc4013c0812128a5e3edcb9935b50f20920', NULL, 'live', NULL);
INSERT INTO change VALUES (17, 1, 'category.removed', '|category.removed|', 'category', '税制', 'category
税制
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00003d010038307d6e756c6c7d0a80e0c5017085ce5b5ca997d38d338713dee5b907c2d4279235b950428b17', 8, 'live', NULL);
INSERT INTO change VALUES (18, 1, 'programme.removed', '|programme.removed|', 'programme', '5G導入促進税制', '税額控除を措置します。
5g導入促進税制等
programme
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd0000fd0200b4023547e7ad89e7a88ee9a18de68ea7e999a4e38292e68eaae7bdaee38197e381bee38199e380826e756c6c7d1180b0c3d6ff0eea05fd5926976f8ad06339adde79c7a7071aae3c632128532f0af1ad21cecdb8546a9093391b3528a1050e', 8, 'live', NULL);
INSERT INTO change VALUES (19, 1, 'plan.amended', '|plan.amended|', 'plan', '開発供給計画|全国5G|富士通', 'https://www.soumu.example/富士通.pdf
開発供給計画|全国5g|富士通
令和6年1月23日変更
令和5年5月29日変更
2024-01-23
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00080d04005403e5af8ce5a3abe9809a3547e68a95e8b3875f6261636b7761726473226578616d706c652f2e3235e5b9b43539332d30352d3239307d1ba0602d2a68c6704291c05c0f1368024eda88361d0b1459510e750880296af75f407a4bc747995664899f483c6fb128601e69986502478721223899cb34965719089ffadecca0846626', 8, 'live', NULL);
INSERT INTO change VALUES (20, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|日本電気', 'https://www.soumu.example/日本電気.pdf
開発供給計画|全国5g|日本電気
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00007d0300b40297a5e69cace99bbbe6b0973547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239337d19a0702b2ac83590622428db03175a86412846809b878840f9479bbeefc8d1408b4602797aec881c20e1de0958f2bafe4ca3e5c933856e2cb21fbc0f7d37947c9607', 8, 'live', NULL);
INSERT INTO change VALUES (21, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|KDDI', 'https://www.soumu.example/kddi.pdf
開発供給計画|全国5g|kddi
5g投資促進税制
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd0000e50200d04b4444493547e68a95e8b3876578616d706c652f2e22345d7d7d17a0606b617930c28c00151fe16650478574c18cbb5391e31b313e90cd08472015ca1257371255b5be0454d1eedc4e22a5c92fc3970ad507cfe3be961895d02804', 8, 'live', NULL);
INSERT INTO change VALUES (22, 1, 'document.removed', '|document.removed|', 'document', '様式|認定申請書(導入計画)', 'https://www.soumu.example/001.docx
様式|認定申請書(導入計画)
document
form
pdf
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd0000650200b028297c6578616d706c652f3030312e646f637822357d11a070bbff06106e8c32e901c6330d94724a44ebe1249b39fa41a0bc942f88783a80c22c179b1d75181659541c34a7c15d25743f01', 8, 'live', NULL);
INSERT INTO change VALUES (23, 1, 'document.removed', '|document.removed|', 'document', '様式|手引き', 'https://www.soumu.example/guide.pdf
document
様式|手引き
form
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00005d0200c8898be5bc95e3818d7c6578616d706c652f67756964652e367d108090dbae1b47e3f92ecac14646ba94a32b6674f3051b5f30c5e8b921a6806524cf6910e684d039c8c5099439259f8001', 8, 'live', NULL);
INSERT INTO change VALUES (24, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|第1社', 'https://www.soumu.example/第1社.pdf
開発供給計画|全国5g|第1社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00005d03006402e7acac313547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239375d7d7d18a0604b410a1d60622440c5070da2015528fdde65def58b356d707cb4ac0d94d73158c6277ac8b17606cdc10dbda633952a4ec500c9585a31a03dea52263225f45101', 8, 'live', NULL);
INSERT INTO change VALUES (25, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|第2社', 'https://www.soumu.example/第2社.pdf
開発供給計画|全国5g|第2社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00005d03006402e7acac323547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239385d7d7d18a0604b410a1d60622440c5070da2015528fdde65def58b356d707cb4ac0d94d73158c6277ac8b17606cdc10dbda633952a4ec500c9585a31a03dea52263225f45101', 8, 'live', NULL);
INSERT INTO change VALUES (26, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|第3社', 'https://www.soumu.example/第3社.pdf
開発供給計画|全国5g|第3社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00005d03006402e7acac333547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239395d7d7d18a0604b410a1d60622440c5070da2015528fdde65def58b356d707cb4ac0d94d73158c6277ac8b17606cdc10dbda633952a4ec500c9585a31a03dea52263225f45101', 8, 'live', NULL);
INSERT INTO change VALUES (27, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|第4社', 'https://www.soumu.example/第4社.pdf
開発供給計画|全国5g|第4社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00006503006402e7acac343547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d3239305d7d7d18a0604b410a1d50624480aa0f0ea2815528ffde66d4f70b366df13f9a99ac0f28a143b04c4ff448638d0c1a821b7b4d772a559e8a0192adb472407bd4a54c644ae8a302', 8, 'live', NULL);
INSERT INTO change VALUES (28, 1, 'plan.removed', '|plan.removed|', 'plan', '開発供給計画|全国5G|第5社', 'https://www.soumu.example/第5社.pdf
開発供給計画|全国5g|第5社
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd00005503005402e7acac353547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d7d18a07049410a1d50624480aa0f0ea2815528ff5e66d4f70b366df1bf66d685034a68142cd3033dd288468686a08d3dd39d489527c500652b5a39c41e7532139912fa98', 8, 'live', NULL);
INSERT INTO change VALUES (29, 1, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|ローカル', 'https://www.soumu.example/ローカル.pdf
開発供給計画|全国5g|ローカル
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, 9, '\x28b52ffd0000150300f83547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32397d1aa09019153a706244cafa2a18b6101c0db513281975d3ffade2c4d41e18dae14de400894b48a00ceacb64facc6863075a90cf04bea1c8c2c07deaaf01e72aa15908', 8, 'live', NULL);
INSERT INTO change VALUES (30, 1, 'page.recovered', '|page.recovered|', 'page', 'support', 'plan:2wherethelastgoodpagehad8
2024-04-27t00:30:00+09:00
2024-04-28t02:30:00+09:00
fewer_records
page.suspect
support
支援策のページ
', true, '2024-04-27 17:30:00+00', '2024-04-26 14:30:00+00', 7, NULL, '\x28b52ffd0000c5050072481f2690b5e9d0ff9fdf311fab39d89aeca0413619649b612ff999484ccc47f42920b37a406dbabb84168ba4f890c87097eac1a39514712b698cb2185a80b0b4c61492a88dfbf4854cc09474fa321d844fc6d628ff629effaa4c72f9a3dd971c43e7dcf0ab1f58ebd9f936d5c81fdd38dd41ce04b1044063713d1417c3111013005d842dc0414b3ba4ae0103c411d5b335c4480b4818b0f3e5767cdad7a046404af33c23e03771000f828484a2970f77eee416947c0208', NULL, 'live', NULL);
INSERT INTO change VALUES (31, 1, 'document.added', '|document.added|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-01
令和6年5月1日版
document
edition
様式|様式
form
', false, '2024-04-28 06:30:00+00', '2024-04-27 17:30:00+00', 9, 10, '\x28b52ffd0000ed0200c86675747572655f7c6578616d706c652e35e78988356564327d18a05055ca0320c20992f001b121d8a4287d6e291437962378363d229233ed4d050891ae955e6014cf154ad08e8d82bddc6e2f20ba0b4f42c960f1cf06020c4a3ed803', 9, 'live', NULL);
INSERT INTO change VALUES (32, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-01
2024-05-02
令和6年5月1日版
令和6年5月2日版
document
edition
様式|様式
form
', false, '2024-04-29 06:30:00+00', '2024-04-28 06:30:00+00', 10, 11, '\x28b52ffd0000350300e0226675747572655f7c6578616d706c652e35e789883565643232327d1ba05057a603504211c8b07ab129c148b70058a010ebc926e2746c2f17770c4778281d742466da9d0b005b3a16fa0551315b08613b7694ce3198f0cb370947066aff64209041c9c76a', 10, 'live', NULL);
INSERT INTO change VALUES (33, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-02
2024-05-03
令和6年5月2日版
令和6年5月3日版
document
edition
様式|様式
form
', false, '2024-04-30 06:30:00+00', '2024-04-29 06:30:00+00', 11, 12, '\x28b52ffd00005d03002402226675747572655f7c6578616d706c652e35e697a5e78988352d303265643233337d1aa05055a1d00170420984563db196e0a5580258a288f1ca268e16316e87a623e9c509da9b10601ce958e809a27076c18436cc2899c540a2acde241819a8fd3303010e4abe5103', 11, 'live', NULL);
INSERT INTO change VALUES (34, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-03
2024-05-04
令和6年5月3日版
令和6年5月4日版
document
edition
様式|様式
form
', false, '2024-05-01 06:30:00+00', '2024-04-30 06:30:00+00', 12, 13, '\x28b52ffd00003d0300f0226675747572655f7c6578616d706c652e35e69c88e7898865643234347d1ba0604fb21c60420964583db195e0a7b90058a212efcd26882c2a5c0c6b6659333d24ec07db9d08007f7a16fa035131a710422b7694cc623021762f89860cd4ffd120a081922f9e', 12, 'live', NULL);
INSERT INTO change VALUES (35, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-04
2024-05-05
令和6年5月4日版
令和6年5月5日版
document
edition
様式|様式
form
', false, '2024-05-02 06:30:00+00', '2024-05-01 06:30:00+00', 13, 14, '\x28b52ffd00007503006402226675747572655f7c6578616d706c652e35e69c8834e697a5e78988352d303465643235357d19a0604fa1d21a60420984563db195e0a7b90058a212e3cd268e3c2adc0ecd8ea443da9d166044e958e90742e15c2184add82899c56062ed5e241a19a8ffa3898006255f8401', 13, 'live', NULL);
INSERT INTO change VALUES (36, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-05
2024-05-06
令和6年5月5日版
令和6年5月6日版
document
edition
様式|様式
form
', false, '2024-05-03 06:30:00+00', '2024-05-02 06:30:00+00', 14, 15, '\x28b52ffd00007503006402226675747572655f7c6578616d706c652e35e69c8835e697a5e78988352d303565643236367d19a0604fa1d21a60420984563db195e0a7b90058a212e3cd268e3c2adc0ecd8ea443da9d166044e958e90742e15c2184add82899c56062ed5e241a19a8ffa3898006255f8401', 14, 'live', NULL);
INSERT INTO change VALUES (37, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-06
2024-05-07
令和6年5月6日版
令和6年5月7日版
document
edition
様式|様式
form
', false, '2024-05-04 06:30:00+00', '2024-05-03 06:30:00+00', 15, 16, '\x28b52ffd00007503006402226675747572655f7c6578616d706c652e35e69c8836e697a5e78988352d303665643237377d19a0604fa1d21a60420984563db195e0a7b90058a212e3cd268e3c2adc0ecd8ea443da9d166044e958e90742e15c2184add82899c56062ed5e241a19a8ffa3898006255f8401', 15, 'live', NULL);
INSERT INTO change VALUES (38, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-07
2024-05-08
令和6年5月7日版
令和6年5月8日版
document
edition
様式|様式
form
', false, '2024-05-05 06:30:00+00', '2024-05-04 06:30:00+00', 16, 17, '\x28b52ffd00007503006402226675747572655f7c6578616d706c652e35e69c8837e697a5e78988352d303765643238387d19a0604fa1d21a60420984563db195e0a7b90058a212e3cd268e3c2adc0ecd8ea443da9d166044e958e90742e15c2184add82899c56062ed5e241a19a8ffa3898006255f8401', 16, 'live', NULL);
INSERT INTO change VALUES (39, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-08
2024-05-09
令和6年5月8日版
令和6年5月9日版
document
edition
様式|様式
form
', false, '2024-05-06 06:30:00+00', '2024-05-05 06:30:00+00', 17, 18, '\x28b52ffd00007503006402226675747572655f7c6578616d706c652e35e69c8838e697a5e78988352d303865643239397d19a0604fa1d21a60420984563db195e0a7b90058a212e3cd268e3c2adc0ecd8ea443da9d166044e958e90742e15c2184add82899c56062ed5e241a19a8ffa3898006255f8401', 17, 'live', NULL);
INSERT INTO change VALUES (40, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
2024-05-09
令和6年5月10日版
2024-05-10
令和6年5月9日版
document
edition
様式|様式
form
', false, '2024-05-07 06:30:00+00', '2024-05-06 06:30:00+00', 18, 19, '\x28b52ffd00008d03008402226675747572655f7c6578616d706c652e35e69c8839e697a5e78988352d3039656432313031307d19a050aba1d21a5042110861f5b32981a568010c604111e79d4d16fd68dc0f4847d241b63b21001ce959e90f46e1dc4208ed9851348b114559be48383258fb6713810d4a3eed03', 18, 'live', NULL);
INSERT INTO change VALUES (59, 2, 'page.suspect', '|page.suspect|', 'page', 'ict', 'itlookswrong:maintenance
支援施策
ict
', true, '2024-06-25 17:30:00+00', '2024-06-25 13:30:00+00', 31, 32, '\x28b52ffd000095040002471920a0a739fe1f7df1dfabd58c30b1535322a56d7fd24989403566f8dfb9cafea1094c3ee508c0d0068ace1cfab21046abb7d83e04f7489da3af1659027289f39a09a4bc46c310a474fcbad54987ee52384e76dfb93b96dd14a64bdbd3ab2d7968108b44a3080e00791585fdfe26d8c8e915004b65e181cb18d92adcbd74b3963571800a82040085963bf902259f0002', NULL, 'live', NULL);
INSERT INTO change VALUES (41, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月10日版
2024-05-10
令和6年5月11日版
2024-05-11
document
edition
様式|様式
form
', false, '2024-05-08 06:30:00+00', '2024-05-07 06:30:00+00', 19, 20, '\x28b52ffd00006d03003402226675747572655f7c6578616d706c652e3530e697a5e78988352d313065643231317d1aa0405341e50160420984563db395e0a75c065aa216e301278e3c86dc0ed6aeeae2222168775200b8f42cf4044265b6f082566c94cc6230f1766f128d0cd4fed1444003255f0401', 19, 'live', NULL);
INSERT INTO change VALUES (42, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月11日版
2024-05-11
令和6年5月12日版
2024-05-12
document
edition
様式|様式
form
', false, '2024-05-09 06:30:00+00', '2024-05-08 06:30:00+00', 20, 21, '\x28b52ffd00004d0300f8226675747572655f7c6578616d706c652e35e78988352d313165643232327d1ba05055b21c60420964523db395e0a7b40cb44815f30a278a36e2dc0f8d6eab43498c4442d06e420071a467a14f1085b30b38b430a37c16c38bb27b93686440fb6703810c4a3e5603', 20, 'live', NULL);
INSERT INTO change VALUES (43, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月12日版
2024-05-12
令和6年5月13日版
2024-05-13
document
edition
様式|様式
form
', false, '2024-05-10 06:30:00+00', '2024-05-09 06:30:00+00', 21, 22, '\x28b52ffd00006d03003402226675747572655f7c6578616d706c652e3532e697a5e78988352d313265643233337d1aa0405341e50160420984563db395e0a75c065aa216e301278e3c86dc0ed6aeeae2222168775200b8f42cf4044265b6f082566c94cc6230f1766f128d0cd4fed1444003255f0401', 21, 'live', NULL);
INSERT INTO change VALUES (44, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月13日版
2024-05-13
令和6年5月14日版
2024-05-14
document
edition
様式|様式
form
', false, '2024-05-11 06:30:00+00', '2024-05-10 06:30:00+00', 22, 23, '\x28b52ffd0000350300f0226675747572655f7c6578616d706c652e35e78988352d3165643234347d1ba050554b0770420964563db39760a65c065aa28af10a278e16716e8786907a91482482f6260418473a16fa05513fbbf0421b6614ce620c51566f128c0cd2fec940a083928fd5', 22, 'live', NULL);
INSERT INTO change VALUES (45, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月14日版
2024-05-14
令和6年5月15日版
2024-05-15
document
edition
様式|様式
form
', false, '2024-05-12 06:30:00+00', '2024-05-11 06:30:00+00', 23, 24, '\x28b52ffd00006d03003402226675747572655f7c6578616d706c652e3534e697a5e78988352d313465643235357d1aa0405341e50160420984563db395e0a75c065aa216e301278e3c86dc0ed6aeeae2222168775200b8f42cf4044265b6f082566c94cc6230f1766f128d0cd4fed1444003255f0401', 23, 'live', NULL);
INSERT INTO change VALUES (46, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月15日版
2024-05-15
令和6年5月16日版
2024-05-16
document
edition
様式|様式
form
', false, '2024-05-13 06:30:00+00', '2024-05-12 06:30:00+00', 24, 25, '\x28b52ffd00006d03003402226675747572655f7c6578616d706c652e3535e697a5e78988352d313565643236367d1aa0405341e50160420984563db395e0a75c065aa216e301278e3c86dc0ed6aeeae2222168775200b8f42cf4044265b6f082566c94cc6230f1766f128d0cd4fed1444003255f0401', 24, 'live', NULL);
INSERT INTO change VALUES (47, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月16日版
2024-05-16
令和6年5月17日版
2024-05-17
document
edition
様式|様式
form
', false, '2024-05-14 06:30:00+00', '2024-05-13 06:30:00+00', 25, 26, '\x28b52ffd00006d03003402226675747572655f7c6578616d706c652e3536e697a5e78988352d313665643237377d1aa0405341e50160420984563db395e0a75c065aa216e301278e3c86dc0ed6aeeae2222168775200b8f42cf4044265b6f082566c94cc6230f1766f128d0cd4fed1444003255f0401', 25, 'live', NULL);
INSERT INTO change VALUES (48, 1, 'document.revised', '|document.revised|', 'document', '様式|様式', 'https://www.soumu.example/000.pdf
令和6年5月17日版
2024-05-17
令和6年5月18日版
2024-05-18
document
edition
様式|様式
form
', false, '2024-05-15 06:30:00+00', '2024-05-14 06:30:00+00', 26, 27, '\x28b52ffd00006d03003402226675747572655f7c6578616d706c652e3537e697a5e78988352d313765643238387d1aa0405341e50160420984563db395e0a75c065aa216e301278e3c86dc0ed6aeeae2222168775200b8f42cf4044265b6f082566c94cc6230f1766f128d0cd4fed1444003255f0401', 26, 'live', NULL);
INSERT INTO change VALUES (49, 2, 'page.suspect', '|page.suspect|', 'page', 'ict', 'itlookswrong:captcha
支援施策
ict
', true, '2024-05-16 08:30:00+00', '2024-05-16 07:30:00+00', 28, 29, '\x28b52ffd00007d040002471920a0a739fe1f7df1dfabd58c30b19328097d6a23bb0891fddf96596b33a97e0803ca798437c3c004107d3974b9314eaba76b1f8a7b049da7afb6ed00b9c479ad00d2399cc71148c7f37a2b9310b8b2609cec3e7387a8cdb4ad475dc7cae4392c88456251040d00791585fbfee65be4f20ac0d15d74309d7b1aa73fabac89035410240028b4dcc91728f90410', NULL, 'live', NULL);
INSERT INTO change VALUES (50, 2, 'document.replaced', '|document.replaced|', 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|認定申請書(導入計画)', 'https://www.soumu.go.jp/main_content/000612381.docx
https://www.soumu.go.jp/main_content/000699999.docx
5g導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|認定申請書(導入計画)
地域活性化に向けた支援
document
form
', false, '2024-05-16 09:30:00+00', '2024-05-16 07:30:00+00', 28, 30, '\x28b52ffd000815060024062829e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c223547e789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a020e7ad897c7c3631323338312e646f63782238397d20a071be50cbb39ed5200222248621f6ef86730408b6fe01a9f29ac995ca8868f465896809574e70f8a34fdcdc8497cdd0a4d4e019dba5b8e894ccbb953570b55f49b10cdf79f162c835092b4cd26dc098c7f499576340e56a5057092d92', 28, 'live', NULL);
INSERT INTO change VALUES (51, 2, 'plan.amended', '|plan.amended|', 'plan', '開発供給計画|全国5G|富士通株式会社', 'https://www.soumu.go.jp/main_content/000612489.pdf
開発供給計画|全国5g|富士通株式会社
地域活性化に向けた支援
認定開発供給計画の概要
令和6年1月23日変更
令和6年4月30日変更
2024-01-23
2024-04-30
5g導入促進税制
amended
plan
', false, '2024-05-16 09:30:00+00', '2024-05-16 07:30:00+00', 28, 30, '\x28b52ffd00082d04007403e5af8ce5a3abe9809ae59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323438392e383330342d33307d19a090a5c032ec6720c20961ee03e608274ea806c02db9000200d5be470d4a79ed160a3eb693fc8abcf28e47aa06c17e8e2663c123f2284a89340d9c458028d93eea839c92b374baa6843621', 28, 'live', NULL);
INSERT INTO change VALUES (52, 2, 'plan.added', '|plan.added|', 'plan', '導入計画|ローカル5G|株式会社QTnet', 'https://www.soumu.go.jp/main_content/000699988.pdf
導入計画|ローカル5g|株式会社qtnet
地域活性化に向けた支援
認定導入計画の概要
5g導入促進税制
plan
', false, '2024-05-16 09:30:00+00', '2024-05-16 07:30:00+00', 28, 30, '\x28b52ffd0000b50300140351546e6574e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235477c3639393938382e34355d7d7d16a05067618bf53b109698c31ea027cb1fcc8545078b5399875a1fd8b7d54c2853843a533132fa49441f0645405a43bef785b9db7a486a37f38197f49ca38d4a702f02', 28, 'live', NULL);
INSERT INTO change VALUES (53, 2, 'programme.renamed', '|programme.renamed|', 'programme', 'テレワーク普及展開推進事業', 'ictを利用し、時間や場所を有効に活用できる柔軟な働き方である「テレワーク」の普及展開を推進することにより、働き方改革や災害時等の業務継続などに資する事業です。
https://www.soumu.go.jp/main_sosiki/joho_tsusin/telework/index.html#fukyu
テレワーク普及展開推進事業
テレワーク普及展開支援事業
地域活性化に向けた支援
programme
', false, '2024-05-16 09:30:00+00', '2024-05-16 07:30:00+00', 28, 30, '\x28b52ffd0008ad0a0062cf3834508bd3018894c3ccccc48f8d00927f54427aed22081391127e341a8974206ad207f9d3f9562c23d9394742b39377d6d06766a6f70f900108cfd3085069dc8b7bcefe4244521149b9ee68681d92690579fa63490a5fc428475eddf98d5fe18ffb709f59baefe62df31c9f475fedf65dd69c3d482a7960e5f8dd7e430ad5713fda5ad3540c7f6a3594d1147ee62b99d69db7d8871e29561ac337202800c01c2258428040038520a9268a819a4c92eac2aec981a5602d4c55a4baaccb6396a104b8bfec2f143dee3f4b6f6625852a083687a6b9aface8e86da23db47e3ed937b243640f272040826298317ccd2c14767493abb1d73224ee4c014ed0e0af0338eec05be3c8d20b851b20d5b4d103ab452dbb18970f3a5858d9808b0a46c96993571ba016f60a39dcf5b3e677d6466712c4cbf04024989f8a8209cf3e835a36c12708bc93f6e46e0c91469090e7db5ea7846640', 28, 'live', NULL);
INSERT INTO change VALUES (54, 2, 'page.recovered', '|page.recovered|', 'page', 'ict', '2024-05-16t17:30:00+09:00
2024-05-16t18:30:00+09:00
itlookswrong:captcha
page.suspect
支援施策
ict
', true, '2024-05-16 09:30:00+00', '2024-05-16 07:30:00+00', 28, NULL, '\x28b52ffd000095050042481d22b0370748224d966ac1ba684c92cc94a98558269352fe509c1a8d896d316329195001d26a8a77124632cb1e953dc4dd912fed901b6b7eb6ea91ffc20e27983eeaecd24141080004c32050f85b98dc6c564ab30c2d943fcc4dbd36e79ee7e0f7e1f24b08b33df2249bebdf641457576372441e1324140079298a1fe21170dc521f8b3ba07c1d319eedfe99967cd2721cdd1531a6ad4fe311d4c845697e6604b4260e50419000a0d072275fa0e41340', NULL, 'live', NULL);
INSERT INTO change VALUES (55, 2, 'page.suspect', '|page.suspect|', 'page', 'ict', 'itlookswrong:title_lost
支援施策
ict
', true, '2024-05-16 11:30:00+00', '2024-05-16 10:30:00+00', 30, 31, '\x28b52ffd0000850400d2c61820a0a739fe1f7df1dfabd58c30b165e9a66ddbbeec249b403566f8bf7953fd08060c6acb2600031bb8dc4373a1df8b576d1d6ef9bce9f4f1ab9c9890aae87d2690d0ba681882841e77edd54988332c9c2b763babc8fad97237f5c5203a348845a251040e00791505fdfe16d8c8e815004a6fdd210a261908c501f417943571800a82040085963bf902259f0002', NULL, 'live', NULL);
INSERT INTO change VALUES (56, 2, 'text.changed', '|text.changed|', 'text', '地域情報通信振興支援施策', '地域情報通信振興支援施策
地域情報通信振興施策
', false, '2024-05-16 12:30:00+00', '2024-05-16 10:30:00+00', 30, 31, '\x28b52ffd0000b502008402e59cb0e59f9fe68385e5a0b1e9809ae4bfa1e68cafe8888820e696bde7ad965d2c226c696e65737d0f80d07bd6ef6e6671fc8662a4a8ec74b538a42af3548e893191a5d0780e28e24153244db11dbb6225b47801', 29, 'live', NULL);
INSERT INTO change VALUES (57, 2, 'page.recovered', '|page.recovered|', 'page', 'ict', '2024-05-16t20:30:00+09:00
2024-05-16t21:30:00+09:00
itlookswrong:title_lost
page.suspect
支援施策
ict
', true, '2024-05-16 12:30:00+00', '2024-05-16 10:30:00+00', 30, NULL, '\x28b52ffd0000ad050052081e23a0371dfe1f7df1dfd512234c3469748bec252f2de5be83abdef3dabdb5de0fb7a87a131402a37e124536cbfa296b89639cdea07b0c59e466ab9fde8d1f463085f47c6a610c0a60c0288243610910dab52637232fc6599612eb10335cad8efb333ac37697d2cbf8e9493a2ef666a36f1559548c47a37204140079298a22e21170dc521f913b607d1d913ced29a5c5a1f416c544a92503157e40c40a7251cecf4c8bd6c4012a081200145aeee40b947c0208', NULL, 'live', NULL);
INSERT INTO change VALUES (58, 1, 'page.failing', '|page.failing|', 'page', 'support', 'itfailed:dns
support
支援策のページ
', true, '2024-06-25 16:30:00+00', '2024-06-25 14:30:00+00', 27, NULL, '\x28b52ffd0000950300a404e7ad96e381aee3839ab87b227265617322646e6d65737361676974206661696c65643a205f737461747573636f756e74223a327d6578616d706c652f737570706f72742e68746d6c227d0d00eb6b4f126fc76b011ff439b6027adae83fabbe89037810242414bd7cb87327b7a0e41340', NULL, 'live', NULL);
INSERT INTO change VALUES (61, 3, 'plan.corrected', '|plan.corrected|', 'plan', '開発供給計画|全国5G|日本電気', 'https://www.soumu.example/日本電気.pdf
開発供給計画|全国5g|日本電気
令和5年5月29日変更
plan.added
2023-05-29
5g投資促進税制
amended
認定計画
', false, '2024-06-25 20:30:00+00', NULL, 33, 34, '\x28b52ffd0000850400140397a5e69cace99bbbe6b0973547e68a95e8b38763682e61647b6578616d706c652f2e35e5b9b43539332d30352d32397d7d23a060690a0aad0660220944cee90145361050a50ac65b10e4068310a4247ea3ffe78a89d75870304f30234348b9810392b166e6e8745c09838e0f0053e965124a14740bba0ea8b9740cca67d1d2f31941b78b6c06daa77d6328f9900f', NULL, 'parser', NULL);
INSERT INTO change VALUES (60, 3, 'plan.added', '|plan.added|', 'plan', '開発供給計画|全国5G|日本電気', 'https://www.soumu.example/日本電気.pdf
開発供給計画|全国5g|日本電気
令和5年5月29日変更
2023-05-29
5g投資促進税制
amended
認定計画
plan
', false, '2024-06-25 19:30:00+00', '2024-06-25 18:30:00+00', 33, 34, '\x28b52ffd0000750300a40297a5e69cace99bbbe6b0973547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32397d19a0801915e41a70622428e60e2a18b610700d1111281871d3fbddda54f40b18d2d34dd2101247a86099d5ca34c519e7460f5a929f01bcbd90d5f07dd42543c98772', 31, 'live', 61);
INSERT INTO change VALUES (62, 3, 'page.unverified', '|page.unverified|', 'page', 'other', '支援策のページ
other
', false, '2024-06-28 20:30:00+00', '2024-06-25 19:30:00+00', 34, NULL, '\x28b52ffd0000dd01002402e7ad96e381aee3839ab87b7d6578616d706c652f737570706f72742e68746d6c227d0700a5cbc66fe2081e040909452f1feedcc92d28f90410', NULL, 'live', NULL);
INSERT INTO change VALUES (63, 3, 'page.stale', '|page.stale|', 'page', 'other', 'thepagewasnotcheckedsince2024-06-2604:30,althoughthatwasduetwice
支援策のページ
other
', true, '2024-06-28 20:30:00+00', '2024-06-25 19:30:00+00', 34, NULL, '\x28b52ffd00005d04007406e7ad96e381aee3839ab87b226d6573736167746865207061676520776173206e6f7420636865636b65642073696e636520362d32362030343a33302c20616c67682074686174647565207477696365227d6578616d706c652f737570706f72742e68746d6c227d0b00fdcbfaacc4882a411db7e3d410f03771040f828484a2970f77eee416947c0208', NULL, 'live', NULL);
INSERT INTO check_day VALUES (2, '2024-05-16', 'baseline', 1);
INSERT INTO check_day VALUES (2, '2024-05-16', 'unchanged', 2);
INSERT INTO check_day VALUES (2, '2024-05-16', 'suspect', 2);
INSERT INTO check_day VALUES (2, '2024-05-16', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-04-26', 'baseline', 1);
INSERT INTO check_day VALUES (1, '2024-04-26', 'unchanged', 3);
INSERT INTO check_day VALUES (1, '2024-04-26', 'changed', 5);
INSERT INTO check_day VALUES (1, '2024-04-26', 'failed', 4);
INSERT INTO check_day VALUES (1, '2024-04-26', 'suspect', 1);
INSERT INTO check_day VALUES (1, '2024-04-27', 'suspect', 2);
INSERT INTO check_day VALUES (1, '2024-04-28', 'changed', 2);
INSERT INTO check_day VALUES (1, '2024-04-29', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-04-30', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-01', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-02', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-03', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-04', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-05', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-06', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-07', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-08', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-09', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-10', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-11', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-12', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-13', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-14', 'changed', 1);
INSERT INTO check_day VALUES (1, '2024-05-15', 'changed', 1);
INSERT INTO check_run VALUES (42, 2, '2024-06-25 13:30:00+00', 0.2, 'unchanged', 200, NULL, NULL, NULL, NULL);
INSERT INTO check_run VALUES (43, 1, '2024-06-25 14:30:00+00', 0.2, 'unchanged', 200, NULL, NULL, NULL, NULL);
INSERT INTO check_run VALUES (44, 1, '2024-06-25 15:30:00+00', 0.2, 'failed', NULL, NULL, 'dns', 'it failed: dns', NULL);
INSERT INTO check_run VALUES (45, 1, '2024-06-25 16:30:00+00', 0.2, 'failed', NULL, NULL, 'dns', 'it failed: dns', NULL);
INSERT INTO check_run VALUES (46, 2, '2024-06-25 17:30:00+00', 0.2, 'suspect', 200, NULL, 'maintenance', 'it looks wrong: maintenance', 32);
INSERT INTO check_run VALUES (47, 3, '2024-06-25 18:30:00+00', 0.2, 'baseline', 200, NULL, NULL, NULL, 33);
INSERT INTO check_run VALUES (48, 3, '2024-06-25 19:30:00+00', 0.2, 'changed', 200, NULL, NULL, NULL, 34);
INSERT INTO daemon VALUES ('schedule', 'another-host/1/1.00', '2024-06-28 20:30:00+00', '2024-06-28 20:30:00+00');
INSERT INTO delivery VALUES (8, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-04-26 12:30:00+00', '2024-04-26 12:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (9, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-04-26 14:30:00+00', '2024-04-26 14:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (10, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-04-26 15:30:00+00', '2024-04-26 15:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (11, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-04-27 17:30:00+00', '2024-04-27 17:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (12, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-04-27 17:30:00+00', '2024-04-27 17:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (13, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-04-28 06:30:00+00', '2024-04-28 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (14, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-04-29 06:30:00+00', '2024-04-29 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (15, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-04-30 06:30:00+00', '2024-04-30 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (16, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-01 06:30:00+00', '2024-05-01 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (17, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-02 06:30:00+00', '2024-05-02 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (18, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-03 06:30:00+00', '2024-05-03 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (19, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-04 06:30:00+00', '2024-05-04 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (20, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-05 06:30:00+00', '2024-05-05 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (21, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-06 06:30:00+00', '2024-05-06 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (22, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-07 06:30:00+00', '2024-05-07 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (23, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-08 06:30:00+00', '2024-05-08 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (24, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-09 06:30:00+00', '2024-05-09 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (25, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-10 06:30:00+00', '2024-05-10 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (26, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-11 06:30:00+00', '2024-05-11 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (27, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-12 06:30:00+00', '2024-05-12 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (28, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-13 06:30:00+00', '2024-05-13 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (29, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-14 06:30:00+00', '2024-05-14 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (30, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-15 06:30:00+00', '2024-05-15 06:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (31, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-05-16 08:30:00+00', '2024-05-16 08:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (32, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-05-16 09:30:00+00', '2024-05-16 09:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (33, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-16 09:30:00+00', '2024-05-16 09:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (34, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-05-16 11:30:00+00', '2024-05-16 11:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (35, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-05-16 12:30:00+00', '2024-05-16 12:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (36, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-05-16 12:30:00+00', '2024-05-16 12:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (3, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 1, '2024-04-26 06:30:00+00', '2024-05-16 13:35:00+00', NULL, NULL, '【変更】第3号', '変更日が変わりました', '<p>変更</p>', '<3@monitor.example>', '451: try again later', NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (1, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'sent', 1, '2024-04-26 03:30:00+00', '2024-04-26 03:30:00+00', NULL, NULL, '【変更】第1号', '変更日が変わりました', '<p>変更</p>', '<1@monitor.example>', NULL, '250 2.0.0 Ok', '2024-05-16 13:30:00+00', 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (39, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'sent', 1, '2024-06-25 19:30:00+00', '2024-06-25 19:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '250 2.0.0 Ok', '2024-06-25 20:30:00+00', 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (2, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'sent', 1, '2024-04-26 05:30:00+00', '2024-04-26 05:30:00+00', NULL, NULL, '【変更】第2号', '変更日が変わりました', '<p>変更</p>', '<2@monitor.example>', NULL, '250 2.0.0 Ok', '2024-05-16 13:30:00+00', 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (40, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-06-25 20:30:00+00', '2024-06-25 20:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (4, 'operator#12345678', 'operator', 'operator', 'ja', 'dead', 1, '2024-04-26 07:30:00+00', '2024-04-26 07:30:00+00', NULL, NULL, '【変更】第4号', '変更日が変わりました', '<p>変更</p>', '<4@monitor.example>', '550: no such user', NULL, '2024-05-16 13:30:00+00', 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (6, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'sent', 1, '2024-04-26 08:30:00+00', '2024-04-26 08:30:00+00', NULL, NULL, '【変更】第6号', '変更日が変わりました', '<p>変更</p>', '<6@monitor.example>', NULL, '250 2.0.0 Ok', '2024-05-16 13:30:00+00', 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (41, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'waiting', 0, '2024-06-28 20:30:00+00', '2024-06-28 20:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (5, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'cancelled', 0, '2024-04-26 07:30:00+00', '2024-04-26 07:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'its destination is no longer configured', NULL, '2024-05-16 13:30:00+00', 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (42, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-06-28 20:30:00+00', '2024-06-28 20:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (7, 'subscriber#12345678', 'subscriber', 'subscriber', 'ja', 'claimed', 1, '2024-04-26 11:30:00+00', '2024-04-26 11:30:00+00', 'another-host/1/1.00', '2024-05-16 13:40:00+00', '【変更】第7号', '変更日が変わりました', '<p>変更</p>', '<7@monitor.example>', NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (37, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-06-25 16:30:00+00', '2024-06-25 16:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery VALUES (38, 'operator#12345678', 'operator', 'operator', 'ja', 'waiting', 0, '2024-06-25 17:30:00+00', '2024-06-25 17:30:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'changes', NULL, NULL, NULL);
INSERT INTO delivery_change VALUES (1, 1);
INSERT INTO delivery_change VALUES (2, 2);
INSERT INTO delivery_change VALUES (2, 3);
INSERT INTO delivery_change VALUES (3, 4);
INSERT INTO delivery_change VALUES (4, 6);
INSERT INTO delivery_change VALUES (5, 5);
INSERT INTO delivery_change VALUES (6, 8);
INSERT INTO delivery_change VALUES (6, 7);
INSERT INTO delivery_change VALUES (7, 9);
INSERT INTO delivery_change VALUES (8, 10);
INSERT INTO delivery_change VALUES (9, 11);
INSERT INTO delivery_change VALUES (9, 12);
INSERT INTO delivery_change VALUES (9, 13);
INSERT INTO delivery_change VALUES (9, 14);
INSERT INTO delivery_change VALUES (9, 15);
INSERT INTO delivery_change VALUES (10, 16);
INSERT INTO delivery_change VALUES (11, 30);
INSERT INTO delivery_change VALUES (12, 17);
INSERT INTO delivery_change VALUES (12, 18);
INSERT INTO delivery_change VALUES (12, 19);
INSERT INTO delivery_change VALUES (12, 20);
INSERT INTO delivery_change VALUES (12, 21);
INSERT INTO delivery_change VALUES (12, 22);
INSERT INTO delivery_change VALUES (12, 23);
INSERT INTO delivery_change VALUES (12, 24);
INSERT INTO delivery_change VALUES (12, 25);
INSERT INTO delivery_change VALUES (12, 26);
INSERT INTO delivery_change VALUES (12, 27);
INSERT INTO delivery_change VALUES (12, 28);
INSERT INTO delivery_change VALUES (12, 29);
INSERT INTO delivery_change VALUES (13, 31);
INSERT INTO delivery_change VALUES (14, 32);
INSERT INTO delivery_change VALUES (15, 33);
INSERT INTO delivery_change VALUES (16, 34);
INSERT INTO delivery_change VALUES (17, 35);
INSERT INTO delivery_change VALUES (18, 36);
INSERT INTO delivery_change VALUES (19, 37);
INSERT INTO delivery_change VALUES (20, 38);
INSERT INTO delivery_change VALUES (21, 39);
INSERT INTO delivery_change VALUES (22, 40);
INSERT INTO delivery_change VALUES (23, 41);
INSERT INTO delivery_change VALUES (24, 42);
INSERT INTO delivery_change VALUES (25, 43);
INSERT INTO delivery_change VALUES (26, 44);
INSERT INTO delivery_change VALUES (27, 45);
INSERT INTO delivery_change VALUES (28, 46);
INSERT INTO delivery_change VALUES (29, 47);
INSERT INTO delivery_change VALUES (30, 48);
INSERT INTO delivery_change VALUES (31, 49);
INSERT INTO delivery_change VALUES (32, 54);
INSERT INTO delivery_change VALUES (33, 50);
INSERT INTO delivery_change VALUES (33, 51);
INSERT INTO delivery_change VALUES (33, 52);
INSERT INTO delivery_change VALUES (33, 53);
INSERT INTO delivery_change VALUES (34, 55);
INSERT INTO delivery_change VALUES (35, 57);
INSERT INTO delivery_change VALUES (36, 56);
INSERT INTO delivery_change VALUES (37, 58);
INSERT INTO delivery_change VALUES (38, 59);
INSERT INTO delivery_change VALUES (39, 60);
INSERT INTO delivery_change VALUES (40, 61);
INSERT INTO delivery_change VALUES (41, 62);
INSERT INTO delivery_change VALUES (42, 63);
INSERT INTO incident VALUES (1, 1, 'page.suspect', 'maintenance', 'it looks wrong: maintenance', '2024-04-26 06:30:00+00', '2024-04-26 07:30:00+00', '2024-04-26 06:30:00+00');
INSERT INTO incident VALUES (2, 1, 'page.suspect', 'fewer_records', 'plan: 2 where the last good page had 8', '2024-04-26 15:30:00+00', '2024-04-27 17:30:00+00', '2024-04-26 15:30:00+00');
INSERT INTO incident VALUES (3, 2, 'page.suspect', 'captcha', 'it looks wrong: captcha', '2024-05-16 08:30:00+00', '2024-05-16 09:30:00+00', '2024-05-16 08:30:00+00');
INSERT INTO incident VALUES (4, 2, 'page.suspect', 'title_lost', 'it looks wrong: title_lost', '2024-05-16 11:30:00+00', '2024-05-16 12:30:00+00', '2024-05-16 11:30:00+00');
INSERT INTO incident VALUES (5, 1, 'page.failing', 'dns', 'it failed: dns', '2024-06-25 16:30:00+00', NULL, '2024-06-25 16:30:00+00');
INSERT INTO incident VALUES (6, 2, 'page.suspect', 'maintenance', 'it looks wrong: maintenance', '2024-06-25 17:30:00+00', NULL, '2024-06-25 17:30:00+00');
INSERT INTO incident VALUES (7, 3, 'page.stale', 'not_checked', 'the page was not checked since 2024-06-26 04:30, although that was due twice', '2024-06-28 20:30:00+00', NULL, '2024-06-28 20:30:00+00');
INSERT INTO page VALUES (1, 'support', '支援策のページ', 'https://www.soumu.example/support.html', '2024-06-25 16:30:00+00', '2024-06-25 14:30:00+00', '2024-05-15 06:30:00+00', 'failed', 'dns', 'it failed: dns', 2, 0, false, NULL, NULL, NULL, '23abaf39f4c1c958143c8c56ca13beb2ca2576d72f9e2b6cb5a2927ca912156d', 'faea22a8c74209f0788db1acda32b5becb252e19c56ebf35fed157e8c7150126', 26, 'support', 2, '支援策', 3, NULL, NULL, NULL, 0, '2024-06-25', NULL, NULL, false, NULL);
INSERT INTO page VALUES (2, 'ict', '支援施策', 'https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html', '2024-06-25 17:30:00+00', '2024-06-25 13:30:00+00', '2024-05-16 11:30:00+00', 'suspect', 'maintenance', 'it looks wrong: maintenance', 0, 0, false, NULL, NULL, NULL, 'cb9969ba394d224eb15c93e78f840e4a6f0e6bef10aeb8af5723890707498081', '4c2b89622807cf82886599e11405ecea3cb00249b53dec29c327a9c3b094f090', 3, 'support', 1, '地域情報通信振興 施策', 90, 32, NULL, NULL, 0, '2024-06-25', NULL, NULL, false, NULL);
INSERT INTO page VALUES (3, 'other', '支援策のページ', 'https://www.soumu.example/support.html', '2024-06-25 19:30:00+00', '2024-06-25 19:30:00+00', '2024-06-25 19:30:00+00', 'changed', NULL, NULL, 0, 0, false, NULL, NULL, NULL, 'f398fadaeb2ba5f10f608492ef1defdba33ec116c9858441d6687c665f7bd6f7', 'ba91fdd5fa610848fec38934226c5baf5273721c02771a7e6f0d69ad115ee11d', 3, 'support', 2, '支援策', 1, NULL, NULL, NULL, 0, NULL, '2024-06-25 22:30:00+00', '2024-06-25 20:30:00+00', true, 'support 2');
INSERT INTO record_version VALUES (3, 1, 'plan', '開発供給計画|全国5G|富士通', 1, 2, '\x28b52ffd00001d03009402e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050292eac0375db8ab78b5bb1bcdbd9fee265688164400702d2ebe0bc187c5a9c5eb019dc7a1104c92035ddbc86b6283be59271de8882');
INSERT INTO record_version VALUES (6, 1, 'document', '様式|認定申請書(導入計画)', 1, 3, '\x28b52ffd0000950100587c28296578616d706c652e0c8030b93b9c90239d2f23760b5274adad0bdc15be873c1f293903cc3921770ee4a10b767e01');
INSERT INTO record_version VALUES (2, 1, 'programme', '5G導入促進税制', 1, 3, '\x28b52ffd000015020034023547e7a88ee9a18de68ea7e999a4e38292e68eaae7bdaee38197e381bee38199e380820900f9282b4f1ce509a856685c11681cb4d217d6c91d34352040610e02');
INSERT INTO record_version VALUES (7, 1, 'plan', '開発供給計画|全国5G|富士通', 2, 4, '\x28b52ffd0000750200e0e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e5d7d12809097ed75db8ab7c7ad5cdeed6c7ff11a517aa53d2f309e16d30b32835b2f82201952d3cd6ba845d937970cf3463404');
INSERT INTO record_version VALUES (1, 1, 'category', '税制', 1, 8, '\x28b52ffd000085000010227d0450000a7dcf1499e7a658cc0e');
INSERT INTO record_version VALUES (9, 1, 'document', '様式|認定申請書(導入計画)', 3, 8, '\x28b52ffd0000b50100a07c28296578616d706c652f3030312e646f6378220a00a0902390e94b745b29085de1d0439e61a4e42ec01c3b217771200fe0829d81');
INSERT INTO record_version VALUES (11, 1, 'document', '様式|手引き', 6, 8, '\x28b52ffd0000bd0100c07ce6898be5bc95e3818d6578616d706c652f67756964652e0900049023d0e632022a0b4c0108497190429ec14399a303790017ec0c04');
INSERT INTO record_version VALUES (10, 1, 'plan', '開発供給計画|全国5G|富士通', 5, 8, '\x28b52ffd0000750200e0e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e5d7d12809097ed75db8ab7c7ad5cdeed6c7ff11a517aa53d2f309e16d30b32835b2f82201952d3cd6ba845d937970cf3463404');
INSERT INTO record_version VALUES (16, 1, 'plan', '開発供給計画|全国5G|第5社', 7, 8, '\x28b52ffd0000f502004402e7acac353547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050296d610771237eb76b5b51bcdbd8fedf65688144a00c01e675165e0c6d9a7d5e400644bd5e8064404d5f5e8328ca6e6f493e6f444d');
INSERT INTO record_version VALUES (13, 1, 'plan', '開発供給計画|全国5G|第2社', 7, 8, '\x28b52ffd0000f502004402e7acac323547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050296d610771237eb76b5b51bcdbd8fedf65688144a00c01e675165e0c6d9a7d5e400644bd5e8064404d5f5e8328ca6e6f493e6f444d');
INSERT INTO record_version VALUES (15, 1, 'plan', '開発供給計画|全国5G|第4社', 7, 8, '\x28b52ffd0000f502004402e7acac343547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050296d610771237eb76b5b51bcdbd8fedf65688144a00c01e675165e0c6d9a7d5e400644bd5e8064404d5f5e8328ca6e6f493e6f444d');
INSERT INTO record_version VALUES (12, 1, 'plan', '開発供給計画|全国5G|第1社', 7, 8, '\x28b52ffd0000f502004402e7acac313547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050296d610771237eb76b5b51bcdbd8fedf65688144a00c01e675165e0c6d9a7d5e400644bd5e8064404d5f5e8328ca6e6f493e6f444d');
INSERT INTO record_version VALUES (14, 1, 'plan', '開発供給計画|全国5G|第3社', 7, 8, '\x28b52ffd0000f502004402e7acac333547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050296d610771237eb76b5b51bcdbd8fedf65688144a00c01e675165e0c6d9a7d5e400644bd5e8064404d5f5e8328ca6e6f493e6f444d');
INSERT INTO record_version VALUES (5, 1, 'plan', '開発供給計画|全国5G|KDDI', 1, 8, '\x28b52ffd0000850200e84b4444493547e68a95e8b3876578616d706c652f2e224b444449225d7d1280702b2d0f90db835658ee76b32fe492030e261aa62ed8055ea9357941186ef47afbc8d0340d790d88283bd19271de8882');
INSERT INTO record_version VALUES (4, 1, 'plan', '開発供給計画|全国5G|日本電気', 1, 8, '\x28b52ffd0000250300b40297a5e69cace99bbbe6b0973547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d15a050292eac359062666c3b7b9cb3903b0535b6b6df5943bb64eb18d8fe01fc1e28e72a3825b35f5388a19a868ea133b29346f09e0704');
INSERT INTO record_version VALUES (8, 1, 'programme', '5G導入促進税制', 3, 8, '\x28b52ffd00002d020064023547e7ad89e7a88ee9a18de68ea7e999a4e38292e68eaae7bdaee38197e381bee38199e38082090011292bef3ecad350a5d0b822d03868a52fac933b686a4080c21c04');
INSERT INTO record_version VALUES (17, 1, 'plan', '開発供給計画|全国5G|富士通', 8, NULL, '\x28b52ffd00001d03009402e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050292eac0375db8ab78b5bb1bcdbd9fee265688164400702d2ebe0bc187c5a9c5eb019dc7a1104c92035ddbc86b6283be59271de8882');
INSERT INTO record_version VALUES (18, 1, 'plan', '開発供給計画|全国5G|ローカル', 8, NULL, '\x28b52ffd0000d5020004023547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d16a070292eec7062666e797b87b3babb42fd6ddb77bef14de23404b7eb103e0d2a73d9054a51ea114d210f551a5a0767547fc3813b6fa457');
INSERT INTO record_version VALUES (19, 1, 'document', '様式|様式', 9, 10, '\x28b52ffd0000ed0100807c6578616d706c652e35e789883565640f802075cb01021386d65006e9211d457090593c3a351674bab5fc2dd028ad0979c650e6544607f2d0053bd3');
INSERT INTO record_version VALUES (20, 1, 'document', '様式|様式', 10, 11, '\x28b52ffd0000250200b07c6578616d706c652e35e697a5e78988352d30326564100066904d08050c2d0c4347e816160487b7663416bc746bd9df0260940626e41918ca1c54c639908770c1ce40');
INSERT INTO record_version VALUES (21, 1, 'document', '様式|様式', 11, 12, '\x28b52ffd00001d0200907c6578616d706c652e35e69c88e7898865641180506b5b0d6690cd5068686141bf32ada323ec3b0af0e84c6341a55bcbdf0246694cc8738632bfca70200f5cb0b30b');
INSERT INTO record_version VALUES (22, 1, 'document', '様式|様式', 12, 13, '\x28b52ffd00003d0200d07c6578616d706c652e35e69c8834e697a5e78988352d303465640f0066904d08050c2d0c4347e81671bc35a3b1e0a55bcbfe1600a3343021cfc050e6a032ce813c840b760602');
INSERT INTO record_version VALUES (23, 1, 'document', '様式|様式', 13, 14, '\x28b52ffd00003d0200d07c6578616d706c652e35e69c8835e697a5e78988352d303565640f0066904d08050c2d0c4347e81671bc35a3b1e0a55bcbfe1600a3343021cfc050e6a032ce813c840b760602');
INSERT INTO record_version VALUES (24, 1, 'document', '様式|様式', 14, 15, '\x28b52ffd00003d0200d07c6578616d706c652e35e69c8836e697a5e78988352d303665640f0066904d08050c2d0c4347e81671bc35a3b1e0a55bcbfe1600a3343021cfc050e6a032ce813c840b760602');
INSERT INTO record_version VALUES (25, 1, 'document', '様式|様式', 15, 16, '\x28b52ffd00003d0200d07c6578616d706c652e35e69c8837e697a5e78988352d303765640f0066904d08050c2d0c4347e81671bc35a3b1e0a55bcbfe1600a3343021cfc050e6a032ce813c840b760602');
INSERT INTO record_version VALUES (26, 1, 'document', '様式|様式', 16, 17, '\x28b52ffd00003d0200d07c6578616d706c652e35e69c8838e697a5e78988352d303865640f0066904d08050c2d0c4347e81671bc35a3b1e0a55bcbfe1600a3343021cfc050e6a032ce813c840b760602');
INSERT INTO record_version VALUES (27, 1, 'document', '様式|様式', 17, 18, '\x28b52ffd00003d0200d07c6578616d706c652e35e69c8839e697a5e78988352d303965640f0066904d08050c2d0c4347e81671bc35a3b1e0a55bcbfe1600a3343021cfc050e6a032ce813c840b760602');
INSERT INTO record_version VALUES (28, 1, 'document', '様式|様式', 18, 19, '\x28b52ffd0000350200b87c6578616d706c652e3530e697a5e78988352d313065641080306f61756a90cd509068610f9deb168a830cf0e86c6341d2adf56f01a33426e4194399ab323890872ed8f905');
INSERT INTO record_version VALUES (29, 1, 'document', '様式|様式', 19, 20, '\x28b52ffd00002d0200987c6578616d706c652e35e78988352d313165641180306f5b0d6a90cd509068610fddd62dd4418e39c8001e9d6f2c38746bfd5bc0288d0979c650e6aa0c0ee4a10b767e01');
INSERT INTO record_version VALUES (30, 1, 'document', '様式|様式', 20, 21, '\x28b52ffd0000350200b87c6578616d706c652e3532e697a5e78988352d313265641080306f61756a90cd509068610f9deb168a830cf0e86c6341d2adf56f01a33426e4194399ab323890872ed8f905');
INSERT INTO record_version VALUES (31, 1, 'document', '様式|様式', 21, 22, '\x28b52ffd0000150200907c6578616d706c652e35e78988352d3165641180306fcd016a90cd509068610764750b83180719e0d1d9c6824cb7d6bf058cd29890670c65aecae0401eba60e717');
INSERT INTO record_version VALUES (32, 1, 'document', '様式|様式', 22, 23, '\x28b52ffd0000350200b87c6578616d706c652e3534e697a5e78988352d313465641080306f61756a90cd509068610f9deb168a830cf0e86c6341d2adf56f01a33426e4194399ab323890872ed8f905');
INSERT INTO record_version VALUES (33, 1, 'document', '様式|様式', 23, 24, '\x28b52ffd0000350200b87c6578616d706c652e3535e697a5e78988352d313565641080306f61756a90cd509068610f9deb168a830cf0e86c6341d2adf56f01a33426e4194399ab323890872ed8f905');
INSERT INTO record_version VALUES (34, 1, 'document', '様式|様式', 24, 25, '\x28b52ffd0000350200b87c6578616d706c652e3536e697a5e78988352d313665641080306f61756a90cd509068610f9deb168a830cf0e86c6341d2adf56f01a33426e4194399ab323890872ed8f905');
INSERT INTO record_version VALUES (35, 1, 'document', '様式|様式', 25, 26, '\x28b52ffd0000350200b87c6578616d706c652e3537e697a5e78988352d313765641080306f61756a90cd509068610f9deb168a830cf0e86c6341d2adf56f01a33426e4194399ab323890872ed8f905');
INSERT INTO record_version VALUES (36, 1, 'document', '様式|様式', 26, NULL, '\x28b52ffd0000350200b87c6578616d706c652e3538e697a5e78988352d313865641080306f61756a90cd509068610f9deb168a830cf0e86c6341d2adf56f01a33426e4194399ab323890872ed8f905');
INSERT INTO record_version VALUES (39, 2, 'category', '地域活性化に向けた支援', 1, NULL, '\x28b52ffd00007d0100d8e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f0500d65c9e605624b09629f8a1ecce6276b602');
INSERT INTO record_version VALUES (40, 2, 'programme', '地域デジタル基盤活用推進事業', 1, NULL, '\x28b52ffd0000450a001410e59cb0e59f9fe38387e382b8e382bfe383abe59fbae79ba4e6b4bbe794a8e68ea8e980b2e6b4bbe680a7e58c96e381abe59091e38191e3819f656e755f73656973616b752f6963747269796f752f6469676974616c5f6b6962616e2f696e6465782e22e3808ce794b0e59c92e983bde5b882e59bbde5aeb6e6a78be683b3e3808de381aee5ae9fe78fbea6e38081e68a80e8a193e38292e38197e381a6e8aab2e9a18ce381aee8a7a3e6b1bae38292e59bb3e3828ae3819fe38184e59cb0e696b985b1e59ba3e4bd93e38284e4bc81e6a5ade383bbe7ad89e381aee79a86e6a7988f96e7b584e38292e7b78fe59088e79a84e381abe38199e3828be381a780827d1700fbcb017e66c1326c34122e6e6918e485a4e630fe9ee1e5d02815341c0139e109196ffab859d9325ed7ce6b74c5c5bdcd5a06d32e2a7bc63a6078194049f2f000851908');
INSERT INTO record_version VALUES (41, 2, 'programme', '5G導入促進税制', 1, NULL, '\x28b52ffd0000750a00828f3934508bd30168afbc66669690f32d228c69ec15487e445d73672667b423804fecad25f993ed83584561e788c5558b9a8bcfcc4c9f01051c48c478768a44086c9ca4499a24ab731b19ea07d4c1f90bd06717b6918cd84d246a72fc64da80b21361377046ad4ed2000081459d9baf98ef2e97a2eac6244d19e233f06bc6dd5c56e70a88f8951f200989a0752b1f0b6dd6d9cda8f2afee465c2e8237d26a870eedf12394fe264d212d5135685d0fbfa234978d9acb4eb6f1ea2ecbf33ce54be633be02643e9bfd61acfc84b41f8eeac1e8b06229dfc2b7549ac3c7125a232de8b394b6c5433f1c01232010461063450fe77000d59393f6013dccc3472436c2878ad282158340e9833fe6c0da71503460452bae6f3a8aa91d8b562db55e44122990fdaf15d9933de864c6b8b02808d0a5f81dacd0845868c4806eea04cf1afc52fcb442d83aeca1392040e10802');
INSERT INTO record_version VALUES (38, 2, 'text', '地域情報通信振興支援施策|概要', 1, 3, '\x28b52ffd0000550b00b6d2423540856a3a64af1c3b86018716dbeafac282c642f139cfd71e55f5793e93e1190f91de9e4def29f0330cb30b0859159728605114dd0d3600340034007e64524fb7f8131fbb969be827a212f96c40086628f939a21780ba18580810609e4ac2e89ca277514c29cca61174d90303ba6dfbd13663882372dec0d1cd8ff0297fe3639e0a7a5bd12dc915b3a1108dc865b8cc5220b6f3bf90a865a34329b4e4a70faae8e5932c7b0572e2fc0b05f5209b300a2f7fc3503f119da0b2aa3d50019583d1b0e4237ea580303ee676eef896df7c4bbee26ba505bd8e7f6102050b39bde2837e25353ec5b7b071025a893cc77ff853bef3ad5128f1851f5b60e849221d8c46e773d4c25aab156b21016a222010661c74151eba87927f2c2ed4bd48f0a28f4db7810bb6d14a934a80e23c536bc7e60d2f441245b8602939808fe1f4000e19c4db88873a84cf195a9ea5f3b08f54a895e1238ec3012f1b2d7779207e7b40836903420c83a5d2ac');
INSERT INTO record_version VALUES (42, 2, 'document', '5G導入促進税制|5G導入促進税制利用ガイド|5G税制利用ガイド', 1, NULL, '\x28b52ffd00003d0400440435477ce588a9e794a8e382ace382a4e383897c3547e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c203631323335302ee78988656467756964657d1600314b01d1e4abd064374201fa0bc315a20bd3e479b4c91f2c91079b859800311642480c6d404ea70ec1fb77b5320f3a35ac9d5fc0498b3a9903a60674c1ce41');
INSERT INTO record_version VALUES (43, 2, 'document', '5G導入促進税制|5G導入促進税制Q&A|5G導入促進税制Q&A', 1, NULL, '\x28b52ffd0000c50300940335477c512641e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c203631323336302e3236e697a5e789883236656461717d15002b4b01bfe41b8318d4d780418781c91e0b937f98210f36053181602c24908030b0a753878dffddabccc34d0dbb131c9cf4a99379606a4017ec1c04');
INSERT INTO record_version VALUES (44, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|申請要領(導入計画)', 1, NULL, '\x28b52ffd0000c50500f40635477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce8a681e9a0982829e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323337302e3236e697a5e78988323665647d182040828288917b6653a08f801761588769da639bfe708a071b9126f870839e3998d5bb91511ad87fc7ec7958b821dee4c60e42a3016b8c02e48dcb12ac54673cb00774c11e41');
INSERT INTO record_version VALUES (46, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|軽微な変更の届出書(導入計画)', 1, NULL, '\x28b52ffd0000e50500740735477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce8bbbde5beaee381aae381aee5b18ae587bae69bb82829e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323339322e646f6378227d1620108e9033f75615cca406e019c8d402d8dfd1dc144ca8990989c08130ef26a8343ffefd34f2289186e0817f6ec7a3e188355080bce4b2a495ea080fcc802ed82c08');
INSERT INTO record_version VALUES (47, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|変更申請書(導入計画)', 1, NULL, '\x28b52ffd00005d0500240635477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897c2829e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323430332e646f6378227d17a0e06e8679d6b31a10661072e61e4a948dd480673572413637d41dd9141cd7a7dc363d4f8d9266febdd933196e403ac75054668c86e31a5178de384bb05607bc1803176c7903');
INSERT INTO record_version VALUES (48, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|実施状況報告書(導入計画)', 1, NULL, '\x28b52ffd0000cd0500740735477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce5ae9fe696bde78ab6e6b381e5a0b1e5918ae69bb82829e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323431342e646f6378227d1520108e9033f750159ca406e01998d40258ded15c134c78ec8141e0809777b3539a1cff1e1a797c484388f141c3b035b60879e3b2242bd5210fcc802ed83f08');
INSERT INTO record_version VALUES (49, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|地域課題解決型ローカル5G用無線局活用事業計画同意申請書', 1, NULL, '\x28b52ffd00007d0600140835477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce59cb0e59f9fe8aab2e9a18ce8a7a3e6b1bae59e8be794a8e784a1e7b79ae5b180e5908ce6848fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323432352e646f6378227d1a20104ea023f67d14049601f80c00bb0066ba684e6f1380ce09608183b4de0d9ad298fddb39337b1fc00403baab2e2e185406a343ea9d1c34625bc322e425972559a90ee18119d0059b0501');
INSERT INTO record_version VALUES (50, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|基準適合性確認申請書(令和4年3月末以前)', 1, NULL, '\x28b52ffd0000f50600b40835477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce59fbae6ba96e981a9e59088e680a7e7a2bae8aa8d2834e5b9b433e69c88e69cabe4bba5e5898d29e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323433362e646f63782232227d7d1b00934b815f69e0f33280bef2418039fb6cec6544f87900cf016cfd2ce5c2c4846fcd09978403a879374f93a669febdb69c871962ece51aa2a5caa09187ad9145c88bb92c1156aa9379606a4017ec1c04');
INSERT INTO record_version VALUES (51, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|基準適合性確認申請書(令和4年4月以降)', 1, NULL, '\x28b52ffd0000950600040835477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce59fbae6ba96e981a9e59088e680a7e7a2bae8aa8d2834e4bba5e9998d29e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323434372e646f637822327d7d1b202082a2c8117b9015e055039f19e0aedc11b70674dba71dfc0056fe52ce2b2610eb0994cc4153ef86496994ff5db6e40183d91d5866971ba2a50c1a0e5b831421afb82c61a53ae48119d0055b0701');
INSERT INTO record_version VALUES (52, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|基準適合性変更確認申請書', 1, NULL, '\x28b52ffd0000bd0500140735477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce59fbae6ba96e981a9e59088e680a7e7a2bae8aa8de59cb0e59f9fe6b4bb8c96e381abe59091e38191e3819f2c222c22203631323435382e646f6378227d172010ae9033f75114a424066019a0f40298ded09c934d80b40442e5a09777c35b1a5dff12ada95ef640d480e8a5a433020d87adc122e41d9725ad54473cb00774c14641');
INSERT INTO record_version VALUES (53, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|基準適合性確認申請書別表', 1, NULL, '\x28b52ffd0000ed0500b40735477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897ce59fbae6ba96e981a9e59088e680a7e7a2bae8aa8de588a5e8a1a8e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323436392e786c7378227d1520108e9033f75115a4a406e019a0d40298ded19c134c80ac0442e0a09777c3531a1dff2e1a798048035b0aa261ec1a5bd8bc71599295ea9007664017ec1f04');
INSERT INTO record_version VALUES (54, 2, 'plan', '開発供給計画|全国5G|日本電気株式会社', 1, NULL, '\x28b52ffd00000d0400040497a5e69cace99bbbe6b097e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323437392e35e5b9b43539332d30352d32395d7d16a04027cd02737d0360628971070f400940171618dcccfe25ccb822f595073e7042c3832bcc94612548ab2557911c560125950e8b8d5929b2446e0dde93f6');
INSERT INTO record_version VALUES (56, 2, 'plan', '開発供給計画|全国5G|日本ヒューレット・パッカード合同会社|サムスン電子ジャパン株式会社', 1, NULL, '\x28b52ffd0000c50500640697a5e69cace38392e383a583ace38383e38388e383bbe38391bce38389e59088e5908c7ce382b5e383a0e382b9e383b3e99bbbe5ad90e382b8e383a3b3e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235472f3631323439392e5d7d1b8080979494a4b21b6d1658174b34eb0c4810cc2a0c892d84fc052464f537236a4cc67c4a982598129b438ad0fc09ee3499ab274092650fd437fec9722611448dae0aa9b14999f0afd8170bc07bae19');
INSERT INTO record_version VALUES (57, 2, 'plan', '開発供給計画|全国5G|デル・テクノロジーズ株式会社|サムスン電子ジャパン株式会社', 1, NULL, '\x28b52ffd00003505008405e38387e383abe383bbe38386e382afe3838e82b8ba7ce382b5e383a0e382b9e383b3e99bbbe5ad90a3e38391e383b3e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235472f3631323530392e5d7d1aa050494189bdae0120c288c0a9f655806c5aa20041f34ea274c326013f34cbd55c905c81fd5135474c56a17316e4c51d2327dd20c3e806e9401f364b015dffba4047cc4676006d9d37c239');
INSERT INTO record_version VALUES (58, 2, 'plan', '開発供給計画|全国5G|サムスン電子ジャパン株式会社', 1, NULL, '\x28b52ffd00000d04006404e382b5e383a0e382b9e383b3e99bbbe5ad90e382b8e383a3e38391e383b3e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323531392e5d7d13a090e3d2fadd101e53dc03f49912ee794a0cb6d9bf129215d2d062113b074cad1a5ed61ccb7122e72b782bf5eb3870ae9091daaae78dd40d');
INSERT INTO record_version VALUES (59, 2, 'plan', '開発供給計画|ローカル5G|日本電気株式会社', 1, NULL, '\x28b52ffd0000ed0300e4037c9cace99bbbe6b097e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323532392e35e5b9b43539332d30352d32395d7d15a03029cd02d7df60620db903154024407efb79d85029bd950556700484834368feb457780849aeac809ea26b0463862a593a573c3ebb8032bc903901');
INSERT INTO record_version VALUES (60, 2, 'plan', '開発供給計画|ローカル5G|富士通株式会社', 1, NULL, '\x28b52ffd0000dd0300f4037ce5af8ce5a3abe9809ae59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323533392e35e5b9b43539332d30352d32395d7d142060620db5071214e8a11272fb80810628925def404b70820e0ff6864de00082846d682407af04025374e0c02037c56c2cb3ee82e4c00b7520');
INSERT INTO record_version VALUES (61, 2, 'plan', '開発供給計画|ローカル5G|株式会社グレープ・ワン|ノキアソリューションズ&ネットワークス合同会社', 1, NULL, '\x28b52ffd00003d0600e2c71d26806b3af24406373712bad7b945d2f42bcc6ccf0b6f522fc35c441dee5860c46531b266c89c110c85f438ef71202956ddd3b62d0c1086e8410742220208263c054fc9adc043a6b51a1da775732e56ed2437caddf4975e137dfb0e3f90d167bee563263ec5dfe825fa8bfee12f32fff2393f628b8fe9031a2040c21029b6071f53e0332d84f1417a7102167fb8050628c9104bb9621ca0cd83bd0b4c18a0c7fe45317da01b1cfc33089ca503af83dc99d9b801f3ab5c9883ce055a25cc030a97012f2480');
INSERT INTO record_version VALUES (62, 2, 'plan', '開発供給計画|ローカル5G|株式会社グレープ・ワン|フォックスコン・ジャパン株式会社', 1, NULL, '\x28b52ffd00009505001406e382b0e383ac8397e383bbe383afe383b37ce38395e382a9e38383e382afe382b9e382b3e383b382b8e383a3e38391e383b3e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235472f3631323535392e3331312d31315d7d1ca0602b2d48699f31606246502c1f44198d693df10553a719fc25d5b00888829774a248607df2745a1eae64f3f039ebf7c90f65e0b2034cac1d968ebf62641201d78e504e416b611d85e478a16c02');
INSERT INTO record_version VALUES (63, 2, 'plan', '開発供給計画|ローカル5G|エリクソン・ジャパン株式会社', 1, NULL, '\x28b52ffd0000ed0400e4057ce382a8e383aae382afe382bde383b3e383bbe382b8e383a3e38391e383b3e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323536392e35e5b9b436e69c8835e697a5332d30362d3035756e73745d7d142030c21a7a0f8434a1102574f7010f38a03b66929d41e2914f3e800c835d6426186bc2896d102507c400212c75307290c54a3606479d05cb8b17c256');
INSERT INTO record_version VALUES (64, 2, 'plan', '開発供給計画|ローカル5G|APRESIASystems株式会社', 1, NULL, '\x28b52ffd000025040054047c4150524553494153797374656d73e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c223547203631323537392e3532e69c8836332d31322d30365d7d152060620fb503181998c21288ff30a2066892a1aa8061fcd8220eb6899820525d6816176e832439a01510a2aa83c906592a662334eb2a445ebc10b502');
INSERT INTO record_version VALUES (65, 2, 'plan', '開発供給計画|ローカル5G|サムスン電子ジャパン株式会社', 1, NULL, '\x28b52ffd000025040094047ce382b5e383a0e382b9e383b3e99bbbe5ad90e382b8e383a3e38391e383b3e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323538392e39395d7d13a0502b2daddf0d50624db5079c3023a934de2784465a6998272b24c3c145341bc33cb15d941c6202c3a2d788e3178bd90e6ead40192fd47d');
INSERT INTO record_version VALUES (66, 2, 'plan', '導入計画|全国5G|株式会社NTTドコモ', 1, NULL, '\x28b52ffd000005040014044e5454e38389e382b3e383a2e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323539392e34e5b9b43634322d30362d32345d7d150009eb000012a06069d08020418164402f0874823801853cd809c4848975d0bf68482538f02339d0a71e0c951d88789089ca3c84c9205bfa2d432a2b');
INSERT INTO record_version VALUES (67, 2, 'plan', '導入計画|全国5G|KDDI株式会社', 1, NULL, '\x28b52ffd00001d0300c4024b444449e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323630392e5d7d128090636bfd0e5d9b99b767ad487a950a6546814162cf2773f169fd224209ce8ee4c8536fa7ecd3f0b079ca4cba54d9528d21d50b');
INSERT INTO record_version VALUES (68, 2, 'plan', '導入計画|ローカル5G|ケーブルテレビ株式会社', 1, NULL, '\x28b52ffd0000750300a4037ce382b18396e383abe38386e383ace38393e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323631392e5d7d100074e380001028a89f19012332669f10138a0c0912840d8d640e12080fa4ca0e623cc853653646d352322cfd5806865440');
INSERT INTO record_version VALUES (69, 2, 'plan', '導入計画|ローカル5G|株式会社ZTV', 1, NULL, '\x28b52ffd0000050300f4025a5456e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323632392e5a5456225d7d0f8090d356eb77cebd50d532a31521630f100362b000c4b34772efa90754f6f8f0b083ca2cbf64e4a5e3c732865425');
INSERT INTO record_version VALUES (70, 2, 'plan', '導入計画|ローカル5G|となみ衛星通信テレビ株式会社', 1, NULL, '\x28b52ffd0000cd030074047ce381a8e381aae381bfe8a19be6989fe9809ae4bfa1e38386e383ace38393e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323633392e5d7d0f8090e3d2faddf48d291204aa9066945864cc39c47465cc0dc26649e62408cf56d94bc703e72a335a9bea1fcb19528d');
INSERT INTO record_version VALUES (71, 2, 'plan', '導入計画|ローカル5G|株式会社愛媛CATV', 1, NULL, '\x28b52ffd0000e503000404e6849be5aa9b43415456e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c223547203631323634392e34e5b9b43530322d30352d31305d7d13000e8b837d205050201907a117981c280771420c79b02588091873dc03e2094192037feac151d981890719a9ccc3988ce6a5237e2c03432a20');
INSERT INTO record_version VALUES (72, 2, 'plan', '導入計画|ローカル5G|株式会社秋田ケーブルテレビ', 1, NULL, '\x28b52ffd0000b50300f403e7a78be794b0e382b18396e383abe38386e383ace38393e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323635392e5d7d11007ac380331028a8a21901293266cf101350468418c40393640e1e080fb0ca0e6e3cc859651eafa929a2c1f1ee017f9081211510');
INSERT INTO record_version VALUES (73, 2, 'plan', '導入計画|ローカル5G|株式会社中海テレビ放送', 1, NULL, '\x28b52ffd0000950300d403e4b8ade6b5b7e38386e383ace38393e694bee98081e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323636392e5d7d100074a380031028a89f19012332669f101344068412c4038d640e12080fa4ca0e623cc853651ea3c9385e3af6c7b231a40a02');
INSERT INTO record_version VALUES (74, 2, 'plan', '導入計画|ローカル5G|伊賀上野ケーブルテレビ株式会社', 1, NULL, '\x28b52ffd00006d040004057ce4bc8ae8b380e4b88ae9878ee382b18396e383abe38386e383ace38393e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323637392e333130312d31312d31305d7d1400972c13de4348a040324051898800c1251127789107fb879890cb44e041d89049e6a082f0c0abeca0c783fc556663372dc587dd1fcbc0900a08');
INSERT INTO record_version VALUES (75, 2, 'plan', '導入計画|ローカル5G|キヤノン株式会社', 1, NULL, '\x28b52ffd00003d030054037ce382ade383a4e3838ee383b3e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323638392e5d7d0f006b5b40dc170aca664680868cd915c4848c092181b08190cc0100e14152d9018a0759a9cc4664aaffc77230a40202');
INSERT INTO record_version VALUES (76, 2, 'plan', '導入計画|ローカル5G|サイレックス・テクノロジー株式会社', 1, NULL, '\x28b52ffd000005040084047ce382b5e382a4e383ace38383e382afe382b9e383bbe38386838e82b8e383bce59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323639392e5d7d1100315827080981828a9a11502363f61231613473020961c32799830dc203b2b283c11be4b2321be3b41e54dc7aadf8077919525901');
INSERT INTO record_version VALUES (77, 2, 'plan', '導入計画|ローカル5G|東芝インフラシステムズ株式会社', 1, NULL, '\x28b52ffd0000ed0300a4047ce69db1e88a9de382a4e383b3e38395e383a9e382b7e382b9e38386e383a0e382bae59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323730392e5d7d0f00022c13068340412dcd08789131fb879880cb44e041849049e6a082f0c0abeca0c783fc556643dd54d38f6563481504');
INSERT INTO record_version VALUES (78, 2, 'plan', '導入計画|ローカル5G|旭化成ネットワークス株式会社', 1, NULL, '\x28b52ffd0000bd030024047ce697ade58c96e68890e3838de38383e38388e383afafe382b9e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323731392e5d7d1000fb0682912050504833025864ccce2126b432266c102158923990203cd82a3bd0f1207395d9d0a635232af41f6460480504');
INSERT INTO record_version VALUES (79, 2, 'plan', '導入計画|ローカル5G|株式会社TOKAIケーブルネットワーク', 1, NULL, '\x28b52ffd0000e503002404544f4b4149e382b18396e383abe3838de38383e38388e383afafe59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323732392e5d7d1200051609ce41a0a09a6604c4c8983d444c08330f04211ed82473704178005676f0e3410e2bf3f8a62662756ba8c5bc7bc41f6460480504');
INSERT INTO record_version VALUES (80, 2, 'plan', '導入計画|ローカル5G|株式会社ケーブルテレビ富山', 1, NULL, '\x28b52ffd0000b50300f403e382b18396e383abe38386e383ace38393e5af8ce5b1b1e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323733392e5d7d11007ac380331028a8a21901293266cf101350468418c40393640e1e080fb0ca0e6e3cc859651eaea95d9fc079e9b01fcbc1900a08');
INSERT INTO record_version VALUES (81, 2, 'plan', '導入計画|ローカル5G|ヴルーヴ株式会社', 1, NULL, '\x28b52ffd00009d030084037ce383b4e383ab83b4e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323734392e303231302d32325d7d1300106b814f101228901400032156f9203ca0210f76053121634248206c20247300407890547680e241562ab3814cabd5b0fb633918520101');
INSERT INTO record_version VALUES (82, 2, 'document', '5G導入促進税制|関係法令|特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律', 1, NULL, '\x28b52ffd00000d0700840935477ce996a2e4bf82e6b395e4bba47ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e381aee58f8ae381b3e381aee381abe996a2e38199e3828be6b395e5be8be59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22656c6177732e652d676f763f6c617769643d3530324143303337226c61777d1700544b0196b2401f200b56ca7c58ca05607c331a70f783eb854ec2f54d2287399a1482080778c68dcefcbb68390f20c4d8358643c3005941b08e4558a04ee696a9015db07310');
INSERT INTO record_version VALUES (83, 2, 'document', '5G導入促進税制|関係法令|特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律施行令', 1, NULL, '\x28b52ffd00005d0600d40835477ce996a2e4bf82e6b395e4bba47ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e381aee58f8ae381b3e381aee381abe996a2e38199e3828be6b395e5be8be696bde8a18ce4bba4e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c223631323735392e6c61777d1320106e1033f9561470937770aa81121c0166c6ec5631e1414f410938501437c3ffbe1a799c020c5e3b1cea005901d6b160813ac42d33a00b360b02');
INSERT INTO record_version VALUES (84, 2, 'document', '5G導入促進税制|関係法令|総務省・経済産業省関係特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律施行規則', 1, NULL, '\x28b52ffd0000650700b40a35477ce996a2e4bf82e6b395e4bba47ce7b78fe58b99e79c81e383bbe7b58ce6b888e794a3e6a5ade79c81e789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e381aee58f8ae381b3e381aee381abe996a2e38199e3828be6b395e5be8be696bde8a18ce8a68fe58987e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c223631323736392e6c61777d1420108e04d2e4037a28e02f77005b03653a02148dd9f532614287023771200d3767fefdb9f2b0c926331c2ed1006963d6796e5d9683aa33be9843bb600f2b');
INSERT INTO record_version VALUES (85, 2, 'document', '5G導入促進税制|関係法令|特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律施行規則', 1, NULL, '\x28b52ffd0000750600040935477ce996a2e4bf82e6b395e4bba47ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e381aee58f8ae381b3e381aee381abe996a2e38199e3828be6b395e5be8be696bde8a18ce8a68fe58987e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c223631323737392e6c61777d1320106e1033f95914d093777caa812a1c0169c6ec5931414e4fa10938801437c6ffee1a79c8024c5e3b1cea005901d6b160813ac42d33a00b360b02');
INSERT INTO record_version VALUES (86, 2, 'document', '5G導入促進税制|関係法令|特定高度情報通信技術活用システムの開発供給等の促進に関する指針', 1, NULL, '\x28b52ffd0000ed0500140835477ce996a2e4bf82e6b395e4bba47ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e381aee7ad89e381aee381abe996a2e38199e3828be68c87e9879de59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c223631323738392e6c61777d1200444b0113e53b14650d14dc8c002a19b3138909ed3313e0100ecc8c9b98f9f7cc721e2e88b16218202b08d6b1080bd4c9dc3235a00b760e02');
INSERT INTO record_version VALUES (87, 2, 'document', '5G導入促進税制|関係法令|特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律第二十八条の規定に基づく特定高度情報通信技術活用システムの適切な提供及び維持管理並びに早期の普及に特に資するものとして経済産業大臣及び総務大臣が定める基準', 1, NULL, '\x28b52ffd0000ad0a00d6103f3540854c3a644b793a8a22c601e0a3d62cd67eecd882a390dbcec00028c62c0cfe640b9a5a5e09e335cb806012375c3cf4938e61181033002d002f00fb8ac674ef793cf2f82a3e154fc25416aa1bb8d05169ce05721caf090f431edd7dec305794da08b1c08cd7d1057eb657e380205a47ec25132eadb617ed3fc973cfa1ac7521dd73103d21bc0c9c7da0c954b11667bcc6e237fbcff69a7bbaf7020dc2d489aa3300b5db6bf6a43dddc7788917cefd8a5227ddc84e97343df7debe5381114be568ddac4f01ea430bb4040b0a0809010c86c180408162a158c8fd657fb16c198f1ccd42b5942cd1e1edeb4f3216bf31db6f30d6522049380af149141c2010468c72ca7c342a60deefd0ab3550608400a260761a30a1c9752aa01c0746c54da87f137d726c6d3d689b46135c61bc8065b2a2e9eac32f243b421a94a5f10357e1816a28ac309758b2401de1963da00bb60c02');
INSERT INTO record_version VALUES (88, 2, 'document', '5G導入促進税制|関係法令|特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律第二十八条の規定に基づく特定高度情報通信技術活用システムを構成する上で重要な役割を果たすものとして経済産業大臣及び総務大臣が定めるもの', 1, NULL, '\x28b52ffd0000d5090032cf383530aba803648b14581818f06ebab212eda5031165a0a16af7e164506a0a660af7862c03421a6b9492022613d8deeaf681c0c1c000070c0b090a000701060302058e87e3b1ed2ffb8b45c3d8a39a24f5b6b105872ffaa5d85e737156aa1f89e981b822d41f4c9d981acba8dd1e622fda837bbaed3913181416359862bf9d59919cdede329596495f5e3bd06c1fda8f1b7ffb0dc85967827b4ea2bf086f85b1b11c8deab5c199b02f7acddea39ddf1edc877b2b6370dfa9de505da42fd18b309524f50367525673a772439d171d8e54dd8d1cf189940a019165266c7a2a3dda094120081c001684026ecd7770cd1a282120024c66cc6e214d7881a42a28140e142e3783ebdf353339e7b3954ecc12621eca045733e0cf3719dc7bd45e368668362cee358643c3005941b08e4558a04ee696a9015db07310');
INSERT INTO record_version VALUES (89, 2, 'document', '5G導入促進税制|関係法令|特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律第二十八条の規定に基づき主務大臣の確認に関する手続', 1, NULL, '\x28b52ffd0000150800e40b35477ce996a2e4bf82e6b395e4bba47ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e381aee58f8ae381b3e381aee381abe996a2e38199e3828be6b395e5be8be7acace4ba8ce58d81e585abe69da1e381aee8a68fe5ae9ae381abe59fbae381a5e3818de4b8bbe58b99e5a4a7e887a3e381aee7a2bae8aa8d898be7b69ae59cb0e59f9fe6b4bbe680a7e58c969091e38191e3819f2c222c223631323831392e6c61777d1520106e9cc0e4039814b09b7778ab81223e025085d93167424c420a18cd81837253c0bfed911cb4ad6b60bcc5e9c4d531d087c20a7089050bd4216e99015db06310');
INSERT INTO record_version VALUES (90, 2, 'programme', '地域課題解決のためのスマートシティ推進事業', 1, NULL, '\x28b52ffd0000a50e003657533c3089381d64af9c70303022bd816f4c0a98de06f10ab8aebdfbd92d82f51f4ca7597bb05223d2f53602dd9063216c800947c2c040b5dd7e332222b80446004000420008220c1305111284c44162981c6888480f110393040f717fd95f2abab3c7aed6bc290a999f57371333e34b4cafc0a74c0fa68778f9712ff79b67669aee82503f9c2ec606811d5ca6d19eaa27548f4f69d4c2c728f6597c8cbd050a1a6563f83143b54a87b009025b34512cf79c5f68a6c5a7ec3d9679edf7d4deb2efec010c8890480e1288861cc597fb0b83cab7f8ed1dec3b2c0db30ec3df4cf58138b9177dba4ba3165b1f952e94c1e00e693065886fa1710605ca31313b4bf10b1060508fa6baef5cf1a016a30b248cb019656bf657c5662f6021cd787563e322ec914643eac131b30ca580e6a5d17d875b6758ad243ac0420ab7e60b5c04ac62f81d7bce3ecafea0547d21e236b63020200242086110ea06117120f549f8e9a07bb9b9cfaf60018cb4ad1ef4725aee6117e5b5522d12aec901e0c1d050f1c72eee71077cfacc9a196a449dc0b6cab888d5b25d3158b5982e19adc0c7059d392b10a6284f84e76aafb07c0ee01dd9570fe1d20dafc5db5aece2328066af27d95ac973e300ec18f014666156e869300085df0a');
INSERT INTO record_version VALUES (92, 2, 'programme', '郵便局等の公的地域基盤連携推進事業', 1, NULL, '\x28b52ffd00002d0f000658553a4067481d84883c1d45110e833e007b201b0635556210bf988af4a3abc01a6a5f4ac4a33fd95b6501c5ee229548f0330cc31cbb42268c6318c00d490042004100d541abd5862d8e13002088062c301418118185a880022332702001b6b7f656c5dabe42b146f6a7d39eacd982f6547d911563113d18631873174b10224583b7fd6323ca8e436058416bdff6b263cac0021c5f1840ea88da3315dd908fd0e995d7ec375f28d94bfbccbec103c3d49e463037013122a5634fd64da30fcd7ff30efa95b738b67c7d91b0270214d7f60da0f0e3f58463b4a834776514574ff9076a5e80632433663be72f7b70efa055cede7bb0058823f3d43c65df0019bb5adb63f64bf5649ec3a19fe8293d030d0a22954ae91822e1eda1bffd875e0fba9a1c802a8d6d3c9917d9886dbc528210378b38990dfbc8847ca15585c05062e2861c3306a2c4c4d2bca7eb8b66a420546f62fcb411323fcd35201046908274071971a0742598c401c842ada26bac70bb98e29bb13f5a1cd223f8c606f657b20c0612f20f9d48e1db07109e7327408483751ac403411c01a0c3d485bdb70db3164e0f00d5012263cce9e160e39a76707079675c481a9c2bd02ccaf3279c6eea6e5ddbd92d7c535a66d5b4724503efad5dc31da2cddd193a45cfcc01cc18d04d36144061b202');
INSERT INTO record_version VALUES (93, 2, 'programme', '放送コンテンツによる地域情報発信力強化', 1, NULL, '\x28b52ffd0000150e0026d3473740856c0e15495aa3280ab06f602014a0545b19c7587fc708a719e4765b9b8d1a2244164aeeb0fb2787185571475165995a1c265986e1de37003c003700d856b3ede2b4ac6cbfb45fc4ffb48fe19f36a728c6f04faa27c1970040dafcd7e5b2fc11fecaf5c9f54fbba7d079a9f3d2f5b6292b930361a73a1785263227d3a27c5f320378d7195628877cd2871af308bfa79d126a050c540ca26592ab6208158334b4fad82ab75d5c64e3220fc9416d7090d7b24cadd1e2d06eb66bda1f6c8ab996f463e74fa66c365ea11593c7dc7608158ab94e82ff855251fb08bf273e08b7f586f60b31736c1a09673ba892ad056a36d82b72a1fd6cff585fe28c23320a7c8a795dec5cf7da359fb4edbd1e4bf71b8d835170b687a2a7430783404033083d20200262886267f272bf03044806c9b8e730acdd30d736b134863e12d4bad5b081d417f4c183f7dacbd1b487d0f3019f0b60283fa50b103a803307b661ad84852e2ba1db83b71cf40e4f4032ae35e07890d919721ec78de70c2816c4f230fc323ea018d801fc6c1c99c5636ba828316ad5a094f264d5ad746d6d6c1eb782f2173074c35be2b21cfb2dfd9b0d4dc9a2aa9e933290de3cf48826be0aa090ac01');
INSERT INTO record_version VALUES (94, 2, 'programme', 'DXアドバイザー', 1, NULL, '\x28b52ffd0000b50a00b612423350656a3a7b4f1e33336b7bfed031cbefb6391a828e074788f4d7920789965806ea88fc2dbd208e4cb311631155a1196666c6983400320034009a1a92ef645d45d06fff0850aa481a9c40d9cc6ccdedaffd65b5c33eabda1267883339ae335b8be43b7c06be25cf905fe0130c048b08fd2414e37bfbc79ee26f248d4fe9b2fadb6336f55b6a4392c2ec3475e3211e51637c04f98d7c27ffe13be427f21ad55d20a5273915098e17a8ac0627ca32b9cb744cea75107afbdda8467582870668fbd17eb1950d479c89f1631672a615898d6fd84336051c5f7515e347af5e1abd88d0475763636ea4f8da7e23f508a2ea420d86f140b3aa233104a70ec90cc0d43c8abc813c88efe1071a2010140123adf44c7240aeca515debea06db189005c0a7e47763ad6a15f6d5fcd61a12c6d7c8a28dfbfbc8a4fd71e0d8dd6e4a665f9c36ecf5b5e8a63fc1630d7e297e68c53880c2b606');
INSERT INTO record_version VALUES (95, 2, 'category', '無線システムの普及支援', 1, NULL, '\x28b52ffd0000750100b8e784a1e7b79ae382b7e382b9e38386e383a099aee58f8a0600d65c9e605624b096297828bbe6405e63313b5b01');
INSERT INTO record_version VALUES (96, 2, 'programme', '放送ネットワーク整備支援事業', 1, NULL, '\x28b52ffd00004d0800d20e332f7049d40164af24fd3f8dc60fa209a1d1ff25c48f427efb4b4499a088fa6716d903aa88ec65abaaaaaaaaaaaaea2901006fd97c057f7b6894eb784f3058ca54b1ca4abf790dfe849c4dc1845ca70ae748e70cd488cff80c3fee84612dff453342348b68845ccdd4cbfd1efde63df2a58d3b78a6e547b959451d129f7a98d7b30e0567f9d305975510883e203a0b78adb111a2d26f4ca626ad973bf81243a47ae1cabc53a80d805333b5aa8ef1ac8c287801f88a77ec7d01a30f86466f2510e675c113c0437807de4bdda0191300be6b044166e31b6f0da585b664abbe82569b6ab728d045cd40cacc8ec6ca692db1698bcaae11913686a93149f20813e5188677054061b602');
INSERT INTO record_version VALUES (97, 2, 'document', '放送ネットワーク整備支援事業|地上基幹放送ネットワーク整備事業(詳細)', 1, NULL, '\x28b52ffd00001506000408e694bee98081e3838de38383e38388e383afafe695b4e582997ce59cb0e4b88ae59fbae5b9b928e8a9b3e7b4b029e784a1e7b79ae382b7e382b9e38386e383a099aee58f8a222c656e755f73656973616b752f696374686f75736f755f7375697368696e2f68697361695f6a6f75686f752e236368696a6f75226f746865727d1500392d13024a011cb300a0ccf59f5c045e3623a7fbbc1c97b79e48b30019c9460817a898c16e408d8fb4619f9aa06a58b5121f49c641a21ca3f0ae70c1ce56');
INSERT INTO record_version VALUES (98, 2, 'document', '放送ネットワーク整備支援事業|地域ケーブルテレビネットワーク整備事業(詳細)', 1, NULL, '\x28b52ffd00005d06004408e694bee98081e3838de38383e38388e383afafe695b4e582997ce59cb0e59f9fe382b18396e383abe38386e383ace3839328e8a9b3e7b4b029e784a1e7b79ae382b7e382b9a099aee58f8a222c656e755f73656973616b752f696374686f75736f755f7375697368696e2f68697361695f6a6f75686f752e2363617476226f746865727d1700552d13224a011bb300a2ccf5a15c04de3663e1fdbc1c97b7c248b39132a8b1102ee03183ef805a481a4b70a304448caed83a0450452d8c246320518e517857b860672b');
INSERT INTO record_version VALUES (99, 2, 'programme', 'ケーブルテレビネットワーク光化等による耐災害性強化事業', 1, NULL, '\x28b52ffd00002d0b009611423730856c3ad890020f0343d8ec7605f595a9e8d558c74757c05228f65c858d6e3e3acaed6e04096216d96634444644440462c89282824009300038003200aa2ab2d48e6b55ab4bf365113680ad0813c6a1cfd09ff69a89da71adb9340ac5cff0997fc05fe04bf031fc13bfe3147df523f5ce5fb03a61840508641239904964c44150c91e8d898c6872d31c1b45db2891ca43363649a64988e6d826904da7432fc4a257d17f01f76c0cd472a5427de197696ff9346193f69c3d18b638aaa73df5763eb30fb0efac600af418966a32f0f61dd79fa7ce51f4020574de6bd8476cfaf300c1b1b9caa808f7e19eee4b7b924315c1168dae6fc640b0293e98e5d073f40c7bd0e8124795db1f20101c813192c9035b1a41c13451db9c6cab6fe176e98eab9203351f807e316b5beaea40170f897df07b31fd5c4587afdc66d25875011c45b9e3720cde5251b3c160b26c715d238c7d6ca44e5ccd652456a2f1fdea0085c30a');
INSERT INTO record_version VALUES (100, 2, 'category', 'その他支援', 1, NULL, '\x28b52ffd0000e5000048e3819de381aee4bb960500965a9ee0280f34cb14f493dd5bccce40');
INSERT INTO record_version VALUES (101, 2, 'programme', 'デジタル活用支援推進事業', 1, NULL, '\x28b52ffd0000bd0b0086d3453650656a3a68ef7d989969bb0eebc8b061b4a4b53192314c94852d3375d87250b16904c6685b7ac19898bcae82cccc4c6745545555dd043a0032003500153fc3a734f713a29489edf89376138dfb09a8539fc068ec805561c1208100818038c842d4e34ff807e48879b098c70d756c669ed407f515f3019a888a96cb909ff81d1fc2af3cebd0cfae1a865482e8d7952cf9aacfe0c8553321c5fa1eb61c77ffc2ffba12cb6b7caa7f752491728bea699f5b5196f4b016a5c499b7f4b9d9f537de3caee5e1cc737dc8fc620e9807fb2c1fe12b2ceb492ed617afbb79d5e3070c2d1f802fb2812a1b219b4af5ab0e580bb0b664d8b01539621c235a91d44d0398594d01cb22eac846009f65f9047fd1db6437af62fd8bb4012000670402c84de10d62ecf8a46f9b2f792b83730bc2f425f863ce38413803200c203458d76f50357d71ee03fb8edac905b2122f81c9a34c514a0bc03e66d459bf606504f68976beeb812694a0a5f4d74b0d60248fe2a03c044061b602');
INSERT INTO record_version VALUES (102, 2, 'programme', '公共インフラとしての電話リレーサービスの普及促進', 1, NULL, '\x28b52ffd0000fd0e00b616523b4089361dc4ae1c3b8601e76b143666cc78a3faed1b8d51bdb0d9637f08dd94ece2db235a229587b2065dbc8aa8ea793b8aa2fc34e08ea1330cc380480041003f000218400f51a4a101040194c001b220821e14188834441c8040442008878808a2dec7ed21ec29a8e6aa0eff429a20413a477ac706f4ae90db6bec31f69afd46fa457a273de3774804fc4e035a31dc780bb62c7c1ca55967bc4fb30fc0f1d5de2399e22b1b1f8908765c6758e18c9715be8cf701e8d02af9bc982be4b87adb8fea23e15b1aa0c7821a86db9eceaef0eac4443ff86c28cdc9a88066d973f6d95658ba43eba49aabda4dad2d059fc2df2ef6925fad057360bac3c21931367a4225fc29ca4a9d172ce99c0e381ef348ad250de7bec2977b4a4625e0d1e901d8a65e9ecf42556c3ff997bdc5f564d66d8f99805ad6956c8ac267e3a77d66ff81f5263d7de96a041a0637202002428872ae74037611022e10494d711321ce5a335010a6716c40fd0526db33ec849253c01e4c651b603911b419709042f1831112d63ecd9fd9cdc800d6302f2f774cc652e63f4d2d35dd32f2531a60ef1968dd061a746e5182e2a6bb6fec6351c5c6d6a78870819ac720cbdeb0d18197e27685766f19a0598c81daa8ea2f1c034afa681b5a680c668f8ffacb3280c21f04');
INSERT INTO record_version VALUES (103, 2, 'programme', 'スタートアップ創出型萌芽的研究開発支援事業', 1, NULL, '\x28b52ffd0000250900028e3535406dd40164ef3e1d45112faccb4b367fc7985ced8cffb6d23295fcf9bb097c2b955833f3a4b9d640838d5c56e900dd5a1945510e040e2d4fc10f859be5d02ad1f7beb193279cc7ca0d7e88bf692ad6cff81c879991e5b30f26b30fb37e580585111e3b412bcb739fc3a7fccdb45f8f940fa2613bdaa5fc0e286e1f11e3c366fdd9f7f81cda054528df4080c0837fe96e887727a652021aa404cb142d581543a5a2a20180820a618a2c850a3549d48165913650a4fc0a3e49c7d52eeea5bb6166d46cc6cca29640d411ac72d7afeb19fd7999f441fd1a00d80b0170a6340e8a0ba303d41c94d53d30ea660d2011188ce0611b7e9710f0568600fc86b0c26514f6ce2b74c545bfcd1e0d92452afd615303a7e40128e50073a7793a0e0aa0300301');
INSERT INTO record_version VALUES (104, 2, 'programme', '地域セキュリティコミュニティの支援', 1, NULL, '\x28b52ffd0000950b0086d1423910c56c3a405aca080000008026d23b51976bcd83004bd56e4e633ff436d008684bb750e77bd8be85d544e4a492b30000c899da0e00000000103300330032005a259365168789e641bb64320ae64259d06413ad41c35830a11729ee4b7b71b9b0dec53ff139f5ab7a8cfa16ffc50fc3de207523687e2adad3b508964bef6d250707f04ae538921c1fdc9b42276b55bbf1badba3c0f3e377a4e68f8ed55385ea0001080a4325040711d18b04b928591c7fe3b3f6a3579ee829123bd5ea13c85cfa0e9fdb67ec3ffbcd7ec5d97a297a623f8291a146a76506114c43529bda8bf6237a7efc013041b072ab12f51e7c573d8abfd4f3f1371d66a8eba5b75853ac3fbe44c24514100a0c12060224006c0402f04d4116622cf6d25404ebbfe3d52638965064127785085585134046f74c6030d85546761d44e27ac0f59a358cca2b4ec561adb21bb7c3a5c5c05f3676b58c82ecbc25660783b40e6e226d1c3e034fe98f996e2052ce089259b34d80c2bc06');
INSERT INTO record_version VALUES (105, 2, 'programme', '沖縄の情報通信振興', 1, NULL, '\x28b52ffd0000b50c0006554e3c10876e3a63af3c110000004687347fb80f03f417fa6278beec8ff0ec811fb55339e8b7b64e4adc30e5aa51f11100000000a014dd142316000000000f43003a003f00a99e7931fa13bd8acfa41b023b54700d0e20260c150e22799054384a83c30207b95024166e6251b85426756692fc125fa3b915e058003653d49d2e5363bc2f76ebcb0695cff416f430895bc6c80b4c54779eea59538dc9346dd41f7de5b4d89da64d93fc5a7845b2abf7d03b48efe16ff82cbe28b6015283307b40d66362f323243f441b064a8d6e2976c4d148b0ba1fd31dc02fd9ccf27467de3b1afba23792df29d9b2341f098e06c5ea664627c96f05b0a8cf7d20381adc1d831f11b47b885fe37f17f41f82bba1af61b3f813ad0bd613e4eadabab46a3f7a9276c70acbdd05f0517cdbcbb2f8aace7a3a2dab76e47fa24b8064cb1f20101c4214ba797a22c0dd4884502478fcecaa65dc34cd1b877721281fcfb85c405f7b1eee01d255abeed9deacd758fbd6639524c98e1437ce8105e5b2ec72a03b171458eea598b758d12c51b424dd9fb46d0d505000850308');
INSERT INTO record_version VALUES (106, 2, 'programme', '地理空間情報活用人材の育成', 1, NULL, '\x28b52ffd0000c50b000692453a20a56c3a84ec5e022400cc407890b7323fcf8372d5caa60a32009b9399434d0519dae22194b884f4ac684408c0200060a2edccc0a64a004806043a00370031001448c3237388983c40304c1e19256299482c90ac22f94a13c50ff1bbedae1a45f1bbd0254973c3e22cc7abcab013f57abe9404705274670ab4019fc68ada2dc74dc0d504382f7d527547a24694ae4a6818da1468bd3ec1c240a6bff547975538304010f90c9e20ce725aa740412542c9b25feaf52f06985eecc438a1acfa529fecb32e7d56fdab6b3da7dec1da35f81d7ea7b326be48b222ee566052d888eb6f4cfc1217d40375db055fe6a79ed48ff5b74f3d6b99fab0beec9b441edb62d4f332cbd52d61d0d165131cad3d84f137fce19fda720122201024450c593d634660dcc83008df0b18fab498b1eb6eab1844e74270a2fdc24baaa11c59e346dfa7076caeda3c335eafa690ec0bc0f278bb1aca6ab87c8215cc6167fd97ac21f731f1427a576de2226eb3a1210b93fd3930c603145a20');
INSERT INTO record_version VALUES (107, 2, 'programme', '「自治体におけるRPA導入ガイドブック」の公表', 1, NULL, '\x28b52ffd00083d0e0026d4473840856a3a7bcb1e3b86015c5be9d2a2e1665bedb62d0b9b327070c12392820312364d9266a02d0a5e1656072788f2e94cf21d83b12a0a3001360038003900a6f0b33f580cd5ac2921d1ec0be5be62efd154ae61ca3d0475103fc667f10ff11b3ec767341c169fb2aff69f7d8429fc42bd39d48b7a993eb0d5edba4045e5fe8bccc89e3a0b0a0690c8c55be2bb784a7cc1b29661eada1eecece5b2a77a582788bc8950e1cc5e62ffc54f208d095bbde854cefeb1df04d86f7b4bd75ed61e8c5a1738216769356b0a00d01a021504cda5ee65bdfc1075927bd67aa94324a55ae1632c7a32a2010ccb20666acd007af177d452ee830fd2fa8a55321a8e8a5f5dbef02335671fba4e170b0c2d03e1634433c9941dc5c4e827ea0a9fd1701070b840204002420cb2bb6d0b480446910c52d4d8a2b1da0627e8b5b3b225b8e58c781003780ef318404319b2e03397606181f63c160183c278a0854e6f0caedc60360d14903dd085f7975636b61ef9927c0bd57040d02458b2c2c1b432002e8558cf1f01b15c57865be34f44e0c6790c32cd0173ac9a89550b163800f2f492c2ac333a532e1e5a74c08ce214c6717a9e08b6e0eed15e9ae0a8490029f923f6c66dd0300085db0a');
INSERT INTO record_version VALUES (108, 2, 'programme', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表', 1, NULL, '\x28b52ffd0008650a00f24e3633606bd3017befee82202e86b60d0287e2b1c6b653f167af9bc66b938615d864c67e34a9ad208d12909000d716c614080441081c07114a5fc3c7f811299ae0ed0acdf8520410c1eff8dd8f94bc09dbe7ea671c9bd9bcb6ad0d505c1508a060881449200b556366ab3ed5b1a1071f81af3e97a9160ccbf018befa0f1bad9840f0317cc9ef5c166e7c565fe35f7d99d9e9a9cc59cda2150d7b995fc777e04bcd9d9830c0cf583f3697c2b17c51332a3ba763f2133bca216fec68c7870a0ce6740964f51bf8155f828f757cd3a26e14ae77a91d8e2e408f4709022820304222304c3add9411025348198074654190a85d50746096302fa9a1ac0d3279cab0e9456d0545101bbb90191bf4c43f1c55f48b4c655c7a5832ab773984649cc687964836faf029ea5a61a3666a3e1c611270ec283926280f53f096d3f91fd35a211c8cd98114b2c24300143620');
INSERT INTO record_version VALUES (109, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|(R5年度版)AI導入状況調査結果を見る', 1, NULL, '\x28b52ffd00003d0600740835e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87c2852e78988294149e7b590e69e9ce38292e8a68be3828be3819de381aee4bb962c3631323833302e786c7378227265706f72747d142010ce181a7be54b029a1a41ee8299f08ae90270bf40f3523701429e1008382037e97e2677bc40ac18b62839349f51c3da7b9f0dc884a430840b760302');
INSERT INTO record_version VALUES (110, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|(R5年度版)AI導入団体詳細調査結果を見る', 1, NULL, '\x28b52ffd00009d0600340935e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87c2852e78988294149e59ba3e4bd93e8a9b3e7b4b0e7b590e69e9ce38292e8a68be3828be3819de381aee4bb962c3631323834312e786c7378227265706f72747d142010ce181a7ba54c02a01a41ee829ff0eae90270c240f35837c1489e700838203de9962677d440ac374c2907349f51c3da7b9f0dc884a430840b760302');
INSERT INTO record_version VALUES (111, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|(R5年度版)RPA導入状況調査結果を見る', 1, NULL, '\x28b52ffd0000450600840835e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87c2852e7898829525041e7b590e69e9ce38292e8a68be3828be3819de381aee4bb962c3631323835322e786c7378227265706f72747d142010ce181a7b054c029b1a41ee829af09ae902f0bf40f3533721439e2008382038e9822677c0402c19b62af9369f5cc3867b9f0dc884a430840b760302');
INSERT INTO record_version VALUES (112, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|(R5年度版)生成AIの概要版を見る', 1, NULL, '\x28b52ffd00000d0600540835e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87c2852e7898829e7949fe688904149e78988e38292e8a68be3828be3819de381aee4bb962c3631323836322e7265706f72747d1220106e9432f601e54a0a4c7a8b241a28bc11c0a5989d6926c893097bc401894d3733dc4931263cac93c9c9b5db70efd98058488a8670c11e40');
INSERT INTO record_version VALUES (113, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|(R5年度版)生成AI導入状況調査結果を見る', 1, NULL, '\x28b52ffd00006d0600d40835e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87c2852e7898829e7949fe688904149e7b590e69e9ce38292e8a68be3828be3819de381aee4bb962c3631323837332e786c7378227265706f72747d142010ce181a7ba54c02a01a41ee829ff0eae90270c240f35837c1489e700838203de9962677d440ac1bb63439359f51c3da7b9f0dc884a430840b760302');
INSERT INTO record_version VALUES (114, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|ご参考|(R4年度版)AI導入状況調査結果を見る', 1, NULL, '\x28b52ffd0000bd0600240935e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87ce38194e58f82e880837c285234e78988294149e7b590e69e9ce38292e8a68be3828be3819de381aee4bb962c3631323838342e786c7378227265706f72747d162010ce189b7b658d044a3582dc0549cdeb280bc01387e6bb6c029c9f70491c86137052002478baa9e18e1c8ab58d2d0f87e18dd50af65e66032221291ac2055b0201');
INSERT INTO record_version VALUES (115, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|ご参考|(R4年度版)AI導入団体詳細調査結果を見る', 1, NULL, '\x28b52ffd00001d0700e40935e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87ce38194e58f82e880837c285234e78988294149e59ba3e4bd93e8a9b3e7b4b0e7b590e69e9ce38292e8a68be3828be3819de381aee4bb962c3631323839352e786c7378227265706f72747d1620108e1c9b7b254e02ab1441ee82aae6355505e08f43f36335c1d44fe8540ec909443500723cddd770c70fc41a0453ef80611eab11ecbdce0684425218c2055b0301');
INSERT INTO record_version VALUES (116, 2, 'document', '令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表|ご参考|(R4年度版)RPA導入状況調査結果を見る', 1, NULL, '\x28b52ffd0000c50600340935e5b9b4808ce59cb0e696b9e887aae6b2bbe4bd93e381abe3818ae38191e3828b4149e383bb525041e381aee5ae9fe8a8bce5ae9fe9a893e383bbe78ab6e6b381e7ad89e8aabfe69fbbe3808d85ace8a1a87ce38194e58f82e880837c285234e7898829525041e7b590e69e9ce38292e8a68be3828be3819de381aee4bb962c3631323930362e786c7378227265706f72747d162010ce189b7b858d044c3582dc054bcd2b290bc01587e6bd6c429e9f80491c88137452004478baaae10e1d8ac58dad0fdfe14dd00af65e66032221291ac2055b0201');
INSERT INTO record_version VALUES (117, 2, 'programme', '「自治体におけるAI活用・導入ガイドブック(第3稿)」の公表', 1, NULL, '\x28b52ffd0010a52000a66e9b40108d381d7befee4600000060032a8d36f9c3f5d6179fb07f15e86f23ee0cbbf540a52652b02d1197998152125d5964000085f119dcf767831303200000006015900088008900184a73c328274b0076758c873ff2c113ff02df92558dc9f43ad36c8797bc540621c9629b93d3ea824c53118c487a803516c3d10ac9061830212920914826240e0e4820586044a0f0a080440006018c0916170e245c587ca539f235f0c38e1bbae8c8d7a82e810aad8150c84680f42deb9f75cdfa473fd42fad87175b8e6a0505d7b7c0dff8227fc36496a20acab85df5956b0edf29f2b7911425845aa754e594caae0ba3a60ce5aaf44e290e68417ed7d7fa174e54eb73fc91f0826349a1143e3b5c699223dbe17bf051a22af241fc4906bb61324917f5fa1f3e884fb6ad4c2a86c37275f2abdc1755e7c8170d3afc09ff832f86245bcad4aeba8290a65e34c0322777323911b382c29255f0623d32b4ebb8d9451988ba331baa259310556748a99da5822222c4c75e36b6042b0a743d5ce4574334144047848e483ab1790d626a67dd491f84643b10d6e36f25d3eb8ddefa5f8576d882858a2cf249ad838ff147143f2b554f89a421fc6ec3074da972542f7caf5123a90edfaa6e4f40d8afd29de82672f0b10c76e49a125ecd47f5fadb488aab6ffd4d1bb9224aedbe870dbdac15bafa64e3b96c63be9af1e196a4cac9688f197b6d4e5486f5c9682756197ea5dfddcfac7fd06079ba2a6b90d75b3feb73f8a3c96a984c4c826cfb89973bb72c9911a54c0d81ae87e7827cafc9915e18d5e093fc0a6b80ae0807cb95d6c162190dadb3ea7fba6e7d90450c9eca519a1d1b94c417c4954c4e6982f0b94fdcb95cbf3f9ad50480a5a0512523ca14d188a4054961382042420872ee3cc94904e49ca4fc0ad27b4cf3261c3dccf9dd49d363e681bad08974e75b1b7e120e4244e81d86ace4a861d485b9c042d2b015e6ef9a32fe3c5e4d181b5f6859622c628d97ddb60b21db1d7c897a0963e78dc51d5cba085652c08fc6b5b2d89360e4614b73044f1ca96e9a23fb185a801710ff6c7e6903f898a9d5a6494f9c841a8c52bb857527666709f655338e8a9668033217250c39815dd6685fdc2096c2c648ad74aad89c9029c2000651f205a31a149a05a78e94c5199532f595317ea1d70f49f41f46697f2f958526806a728e13cf94e09d6617c1d8d941b5b0268de06419d284bc69832f945d2b16521669ef69da41048a14c14a8e420e8eb3b4f4351c15fdf5de920ffe11f63407c2e671fc7525a3101a3a5bd0aaf98458f1dbf422be075aa9359691d881175bc86606a07d050825db1677c3cc3ccecb2da53a5cb72c305fe5c6c2d4ccd9033d2b6644fb1509637bc68ee00276c9b20babf3b6d647411e49de108bd0a45898ecf0197cd7773d288a4c96e56e98a8dc2e4a17b6b026e49b585679f3e96ed4391a04282446');
INSERT INTO record_version VALUES (118, 2, 'document', '「自治体におけるAI活用・導入ガイドブック(第3稿)」の公表|「実証要点まとめ編」について|別添資料(戸田市グループ関連資料)', 1, NULL, '\x28b52ffd00003d0700d2ca292f604dd3017befee8220eeebabf86048a436ee1a5ca3e1db590bf8495f6fa97c9036d80a4233d3c26363a603c330a5040b0906070a08000d3310c0341338358b6fc15f34dc9601378a57bd5ffdcee825d90caa4a05accfc79d58dd80a843f119f813bf8a98e57ee493f043da327545e2bdb068e4ee448c2b1ba8c58f705f4aa21590d22a1dfdf70edf1ddea7beeccff728d909520b0820fa12fc077ec59f18d1a647e5786ee41e14002fb7104004386060abcc55ab5c049b9c11d002aef6333161ac89809570a06905acc0c09706ddd9b2bb2122dea2c8bfb0ec87a5cdac0918b960672b');
INSERT INTO record_version VALUES (119, 2, 'programme', '「自治体DX推進のための外部人材スキル標準」の策定', 1, NULL, '\x28b52ffd00085d1000f617563b304b351d84ecfd222322e8b7b9bfabb65a2d357694e2cbe3665957cde7a38cd4b1d9d644aedb66bdb91979b843c108ce234c3048b1c045444440054700480046000e22306054001e021e101a0e88078ec6869a9fcff1273eba8dc2cfb7c86fa7aae9aa677db437ed2f9c7a3acdce1ab70afaf9de77fccf27c9b19b50151cc8801345aaa18858910f23c8a79426b6d768fb0c383d1b6a7199b6aa81a322ae3a16acbca6bb208a2e6a7950a7832fe16b7b8b1485440f48bcf0291935176a309a71081f0214a81855550da82008540d1a8f211fe24b3683371323643376306ad90e54f13b3fd35108511baa4659dff339a979c2106a9ef5d4beb48f58935168e1a31770721e3101020310ffc248136a0269c8f747b44402122eacaa6de653447817c5e88fe8f9a8d25cef5e249503e7c797b0a4b819c6c75c28b61f5fe25b50b20a14b3851ddfe36ee523267bcc87482876a568c515be2b0143203042838cd9d1031c100478110949fe2003027889e8304dea51bb2d7d9cf16c24b8047494a40d1cc019fb9f08a1d61f5acba43a76198fccfc3556cf5a2e092e5e309141af3bad18c20f8b17071a5cd18c01afad0156047274192f9b71581600b21b12f683ca710d720bb561b89277c9601d84c102f1d48d45550ea741a2b05ee092e8b80817bb9b5af909d4f661151c956a7290e0865be588d7e0b2982c38813771f05100d5fc1de0300ca0705b01');
INSERT INTO record_version VALUES (120, 2, 'document', '「自治体DX推進のための外部人材スキル標準」の策定|自治体DX推進のための外部人材スキル標準解説書', 1, NULL, '\x28b52ffd0000bd04008406e3808ce887aae6b2bbe4bd934458e68ea8e980b2e381aee3819fe38281e381aee5a496e983a8e4babae69d90e382b9e382ade383abe6a899e6ba96e3808de381aee7ad96e5ae9a7ce8a7a3e8aaace69bb8e3819de381aee4bb962c3631323932362e67756964657d0d00e6b4505051be4a51d642c1cd08a092313b91981034830215e1a05206ddc8b23b21243ea44838cd053b5b01');
INSERT INTO record_version VALUES (121, 2, 'category', '他省庁の関連施策', 1, NULL, '\x28b52ffd00004d0100c0e4bb96e79c81e5ba81e381aee996a2e980a3e696bde7ad960400b65b9e00aa10305afe66313b5b01');
INSERT INTO record_version VALUES (122, 2, 'programme', 'デジタル田園都市国家構想交付金(デジタル実装タイプTYPE1)', 1, NULL, '\x28b52ffd0000fd0a004611423630aba80384ac14581818f0b82a7ac342452cb4142f8e82644bbc9ddedf704188304cfbddb1fac28e0907df2c23a3a068465b0a0a0225340036002f00fb9d1e690a44080a0e0c3ad93f6c095150ec80ee925a90e6276572647503550fb14b4ff3d865966ebe2e71ce51f6157fe45fb2079c56c17d671fe29c24aa6ef80003118889b57035402c8983c50079a85c0812889540a95c948b62294c3cd2597a35c4520d2f15f79beafc8bfd094b431413d833d8174371f55bf586af759c1ed7a2bd867192a329baa01b5f823fda836097bedef8bc3f6dd4118ca93015a5197ada64f9f06ab7ef343ddaabb813145bdc6346b3d3b407d31652aaf153a61a82d04c467a12a1e2f2c1fd161d004ac402e44d41d133c68330bb73b0fa89416f89a121a054702ac030cc7514c408e3988545f0c2631d871669f175bd9de16cc3cbc834cfaba5e2b007f17e07f1cc03060dec9167a0539b2f0174549c0214e635');
INSERT INTO record_version VALUES (123, 2, 'programme', '農山漁村振興交付金(情報通信環境整備対策)', 1, NULL, '\x28b52ffd0000750b008692443740856a3a84ac1c3b86015c9b556b9f021db2cecc331db39509cfd04218874ba07244716f45039203438ca219475114b581a7738e6100373700390032009e7a373e7bcd1bb17e2141d544b0d499d9a88ba59ee62c6267403821afa9a227d40e600d17f385202fb4acb174598c6359803599ba03c7e05899cff0afced8c97bf1ebd59ed4c5902ecb635c6b00d80f447b5e2850608010a9aa480571301e09910af260381a8d0385aa89a96a3ff2061a4af3862142ec6ce2c61fd15fe84ff4a0f98dbff11d3451138da96a4756a338ab59b07c882fe153f8247e9635b7698c63bb0b53827c093ecbf37cc6efe4153d58cb85b41fcab29c53c4afcc9f346d999f7cc66ceb8d6f510afa00f39219f21a43ba1f0d20201012a35011ee2e5880b02698c7cae80a5804cc7e206416802d7f8c1a83f816110cb688c045608e0d9e82c1efe0f586860ec331ace5b0e00cccf6168add5e377b4c469fe35b4a7f96f5f762ad12c0183e96bac602149235');
INSERT INTO record_version VALUES (124, 2, 'category', '地方財政措置', 1, NULL, '\x28b52ffd000015010090e59cb0e696b9e8b2a1e694bfe68eaae7bdae0400f65a9e40a90fe82c7fb1989dad');
INSERT INTO record_version VALUES (125, 2, 'programme', '地域社会のデジタル化に関連する地方財政措置', 1, NULL, '\x28b52ffd00002d0700928b2a2e704bd3017b6f07fd3f02992d47c3b41aa98db38d40c44f4904c96a258144fabf06a474835fd5850b000000c0810103cce03e1694e14bb032804cc844274d3ef62b51e59af6cb7796e157f41dfa18fd885f55fd827ef715940c6af51dabceabcbbeec9786f8f690613a2af2fe39889644bafdc37e6aa625910c3f4000809accc782bc1a297141379a8c4011810fb1a76075a2d5b76f09f1f52fbe069fa04fed23383a60349d8b1128061300432b0126a6e0021923b85604f99d7ce366ac3537ce9d976b4953817c11ae330e6e9861c8af9cec2bca20a606004de0b1970100853908');
INSERT INTO record_version VALUES (45, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|認定申請書(導入計画)', 1, 2, '\x28b52ffd0000350500240635477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897c2829e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c22203631323338312e646f6378227d1620108e9033f74a156ca406e01968d402d8dcd1dc114c0886431f7060cbbba929cd8c7fdf8c3c32a421127709d1098d07ac8102e4259725ad544778600674c16641');
INSERT INTO record_version VALUES (55, 2, 'plan', '開発供給計画|全国5G|富士通株式会社', 1, 2, '\x28b52ffd00006503001403e5af8ce5a3abe9809ae59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323438392e5d7d13a090e3d262fd0c109e62f0030c15067604a5845beb3f8346cc90b42ec07e60930530e0256bee905c2ac046a91fc2811fe52c8b55cf1b0518');
INSERT INTO record_version VALUES (91, 2, 'programme', 'テレワーク普及展開推進事業', 1, 2, '\x28b52ffd00005d0900420f3834508bd3018390c5ccccc2cf4187a80f24df009d8ac59948093f1a8d443a1035e983fce97c2b9691ec9c23a1d9993a009e9999de030e2b3f21421fa19ea3efe82d46e21c8993634f86e6117776e8c31e2a4ef69c8b91e4b5ca6f7bca3ed46ff4189dfa4ebe22cfed97f475a7ef32eee8c1d2870736b7eff49a92a8433d69632dd397bdd45a84c1933de61b77b6ca57e8379ec8a1f0655f3040008035403084000106ea20524dd402259922d5855d12032bc152982a48755917a8b7e82d131ceabf0a6b6497440d82bc91e10e396e229afb460a0ede24f8331b04caae91fd217b1920104690242b3cf01c00e797644140e103a49c3632b09a6ad9635c3ee8b4b0c2006407a304b6c9d1062885bda485fb6ad60cb236eb4828028185d20ff0c67e8409bd970014a235');
INSERT INTO record_version VALUES (126, 2, 'document', '5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|認定申請書(導入計画)', 2, NULL, '\x28b52ffd0000350500e40535477ce789b9ab98e5baa6e68385e5a0b1e9809ae4bfa1e68a80e8a193e6b4bbe794a8e382b7e382b9e38386e383a0e7ad897c2829e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c222c222036392e646f6378227d17004a4bc1466900c619689417c0e6662cb815772466040d0e7d84039b793735936666fe7db39c4706618854dc25247742230f58230b9017735922ac5427f3c0d4802ed83908');
INSERT INTO record_version VALUES (127, 2, 'plan', '開発供給計画|全国5G|富士通株式会社', 2, NULL, '\x28b52ffd0000c503007403e5af8ce5a3abe9809ae59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473631323438392e3330342d33305d7d15a060c304a6c5fa1930c212f31e0c15067608140936adff0cd8404991c1452f7c76e1f007605a8206beb2e21e829b4ad0a8ed8068e04721cbe2ea79a37903');
INSERT INTO record_version VALUES (128, 2, 'plan', '導入計画|ローカル5G|株式会社QTnet', 2, NULL, '\x28b52ffd0000250300340351546e6574e59cb0e59f9fe6b4bbe680a7e58c96e381abe59091e38191e3819f2c2235473639393938382e51546e6574225d7d0f8090e316eb770ebe50f532a33521631f104362de02c4d34772f3a92754f608f1f887ca2cc164e0a5e3c732432a1f');
INSERT INTO record_version VALUES (129, 2, 'programme', 'テレワーク普及展開推進事業', 2, NULL, '\x28b52ffd00007d0900420f3834508bd3018390c5ccccc2cf4187a80f24df009d8ac59948093f1a8d443a1035e983fce97c2b9691ec9c23a1d9993a009e9999de030e2b3f21421fa19ea3efe82d46e21c8993634f86e6117776e8c31e2a4ef69c8b91e4b5ca6f7bca3ed46ff4189dfa4ebe22cfed97f475a7ef32eee8c1d2870736b7eff49a92a8433d69632dd397bdd45a84c1933de61b77b6ca57e8379ec8a1f0655f3040008035403084000106ea20524dd402259922d5855d12032bc152982a48755917a8b7e82d131ceabf0a6b6497440d82bc91e10e396e229afb460a0ede24f8331b04caae91fd217b1b202082a220d9f0f03a004e22c9b280420748396d6460b5d7b2c6347ed0b1b0a201c80e46496c93bf0d500b7b4913f7d5ae19746dd69e0014602d883260a1f203acb11f6142ef250085690d');
INSERT INTO record_version VALUES (37, 2, 'text', '地域情報通信振興支援施策', 1, 3, '\x28b52ffd0000d50100f8e59cb0e59f9fe68385e5a0b1e9809ae4bfa1e68cafe88888e696bde7ad96200800785f9e20d507b7cb80a98e930a02ee8a05843236582ad90a');
INSERT INTO record_version VALUES (130, 2, 'text', '地域情報通信振興支援施策', 3, NULL, '\x28b52ffd0000d50100f8e59cb0e59f9fe68385e5a0b1e9809ae4bfa1e68cafe88888e696bde7ad96200800b85e9ec02986d815a129f7a48280bb6201a18c0d964ab602');
INSERT INTO record_version VALUES (131, 2, 'text', '地域情報通信振興支援施策|概要', 3, NULL, '\x28b52ffd0000550b00b6d2423540856a3a64af1c3b86018716dbeafac282c642f139cfd71e55f5793e93e1190f91de9e4def29f0330cb30b0859159728605114dd0d3600340034007e64524fb7f8131fbb969be827a212f96c40086628f939a21780ba18580810609e4ac2e89ca277514c29cca61174d90303ba6dfbd13663882372dec0d1cd8ff0297fe3639e0a7a5bd12dc915b3a1108dc865b8cc5220b6f3bf90a865a34329b4e4a70faae8e5932c7b0572e2fc0b05f5209b300a2f7fc3503f119da0b2aa3d50019583d1b0e4237ea580303ee676eef896df7c4bbee26ba505bd8e7f6102050b39bde2837e25353ec5b7b071025a893cc77ff853bef3ad5128f1851f5b60e849221d8c46e773d4c25aab156b21016a222010661c74151eba87927f2c2ed4bd48f0a28f1db7810bb6d14a934a80e23c536bc7e60d2f441245b8602939508fe1f4000e19c4d888873a84cf195a9ee5f2b02f54a87de12382c3812d0f75b83c10bf3da0c1b4012186c1526956');
INSERT INTO record_version VALUES (134, 3, 'plan', '開発供給計画|全国5G|富士通', 1, NULL, '\x28b52ffd00001d03009402e5af8ce5a3abe9809a3547e68a95e8b3876578616d706c652f2e35e5b9b43539332d30352d32395d7d158050292eac0375db8ab78b5bb1bcdbd9fee265688164400702d2ebe0bc187c5a9c5eb019dc7a1104c92035ddbc86b6283be59271de8882');
INSERT INTO snapshot VALUES (1, 1, 1, 'https://www.soumu.example/support.html', 200, '2024-04-26 01:30:00+00', '2024-04-26 01:30:00+00', 'good', NULL, '\x28b52ffd00009d0000305b5c22225d5d03100a120d702d07146a5e01', 'live', 'd1c419be4d4427d1114190ad6e08af692a681bbe9e5d81c84193e345d0a2de96');
INSERT INTO snapshot VALUES (2, 1, 2, 'https://www.soumu.example/support.html', 200, '2024-04-26 03:30:00+00', '2024-04-26 03:30:00+00', 'good', NULL, '\x28b52ffd00009d0000305b5c22225d5d03100a120d702d07146a5e01', 'live', '03593357905c9b63b0f0567485bddb55e444932a9dcb273ae40e6f970a4db14f');
INSERT INTO snapshot VALUES (3, 1, 3, 'https://www.soumu.example/support.html', 200, '2024-04-26 05:30:00+00', '2024-04-26 05:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '3b215680497da9a739b21437621d3057823b64246febbff7b3962d8b3d59cf34');
INSERT INTO snapshot VALUES (4, 1, 4, 'https://www.soumu.example/support.html', 200, '2024-04-26 06:30:00+00', '2024-04-26 06:30:00+00', 'suspect', 'maintenance', '\x28b52ffd00001100005b5d', 'live', '9a5be9f7ef13350ac998ebd8356a9ca01fa540881465680eea9133285a9524df');
INSERT INTO snapshot VALUES (5, 1, 5, 'https://www.soumu.example/support.html', 200, '2024-04-26 07:30:00+00', '2024-04-26 07:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'ac11904431659544e7ca80d1a7689092b8e33a0d18c6fc70bc401c11d2a87b9f');
INSERT INTO snapshot VALUES (6, 1, 3, 'https://www.soumu.example/support.html', 200, '2024-04-26 08:30:00+00', '2024-04-26 08:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '44fbeb8056bc8c8f9bd9d208b4256ae348cb5c8c5c6daa7368b814bc13d8c6d7');
INSERT INTO snapshot VALUES (7, 1, 6, 'https://www.soumu.example/support.html', 200, '2024-04-26 14:30:00+00', '2024-04-26 14:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'a59e61ca43a630d9ca7d403b3ce0be3f4ecd61f7ec3f52f7e645775604bc17f0');
INSERT INTO snapshot VALUES (8, 1, 7, 'https://www.soumu.example/support.html', 200, '2024-04-26 15:30:00+00', '2024-04-26 15:30:00+00', 'suspect', 'fewer_records', '\x28b52ffd00001100005b5d', 'live', '9d957ecc0b5f08805e6bf0bd66fe7ae3a796ccfd3e90ae911a7c2a93e18ba045');
INSERT INTO snapshot VALUES (9, 1, 7, 'https://www.soumu.example/support.html', 200, '2024-04-27 17:30:00+00', '2024-04-27 17:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'e7398f76d33c2835b7646b28d2d6b2c1e376f809ee28c40bd25b8150e33788b3');
INSERT INTO snapshot VALUES (10, 1, 8, 'https://www.soumu.example/support.html', 200, '2024-04-28 06:30:00+00', '2024-04-28 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '3c8031bd179e938e0a451a2188eee3e317084cc9606c290d2c45b9eaa42939a8');
INSERT INTO snapshot VALUES (11, 1, 9, 'https://www.soumu.example/support.html', 200, '2024-04-29 06:30:00+00', '2024-04-29 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '81c3beb1726480565ce8eca4c6adc5dbd8091d0cf4ed677d5786803f9e3096c3');
INSERT INTO snapshot VALUES (12, 1, 10, 'https://www.soumu.example/support.html', 200, '2024-04-30 06:30:00+00', '2024-04-30 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '18020800128e544db7c016df197038bedb4dac0bee58d3b04b3955896b24204c');
INSERT INTO snapshot VALUES (13, 1, 11, 'https://www.soumu.example/support.html', 200, '2024-05-01 06:30:00+00', '2024-05-01 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '4e08ca6bcd033e657e8efcb0627f6f54eb0ff914a43243d8d3c60f322b224814');
INSERT INTO snapshot VALUES (14, 1, 12, 'https://www.soumu.example/support.html', 200, '2024-05-02 06:30:00+00', '2024-05-02 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'cd971b6978f3ed9bb4a9b72872dfa1cce4d92dd5e7ce8f0963bf6d226269eca2');
INSERT INTO snapshot VALUES (15, 1, 13, 'https://www.soumu.example/support.html', 200, '2024-05-03 06:30:00+00', '2024-05-03 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '6929a54af3ff6ec8d658c5ff492537ef2ac0db903607e6556b8ff566ddfa9216');
INSERT INTO snapshot VALUES (16, 1, 14, 'https://www.soumu.example/support.html', 200, '2024-05-04 06:30:00+00', '2024-05-04 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'a818c0959931feca54ab1f1cd4c4a6955d122afdbbda196b4510d257aec8015a');
INSERT INTO snapshot VALUES (17, 1, 15, 'https://www.soumu.example/support.html', 200, '2024-05-05 06:30:00+00', '2024-05-05 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '373494f06ea8d335458c9685fa7f3fb8fa77bd9a7c5c67748e239af2f41744c0');
INSERT INTO snapshot VALUES (18, 1, 16, 'https://www.soumu.example/support.html', 200, '2024-05-06 06:30:00+00', '2024-05-06 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '889e621d0ef4d7ae966192e4e7d57cdeaff163fb0ad66f907cd0c9b2f8064362');
INSERT INTO snapshot VALUES (19, 1, 17, 'https://www.soumu.example/support.html', 200, '2024-05-07 06:30:00+00', '2024-05-07 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '59fee153c1ff91489b429a66c3096f9f73576edc79ddf99873430d046425c7a8');
INSERT INTO snapshot VALUES (20, 1, 18, 'https://www.soumu.example/support.html', 200, '2024-05-08 06:30:00+00', '2024-05-08 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'b8436a530db332332832f8e20f1de5cbf51e736dd5ac6e7209769c423c815ba1');
INSERT INTO snapshot VALUES (21, 1, 19, 'https://www.soumu.example/support.html', 200, '2024-05-09 06:30:00+00', '2024-05-09 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '09b5b0ff8997b1025dcb218ae7a87dc2d446daafd8e8df4203df8816b91fed0c');
INSERT INTO snapshot VALUES (22, 1, 20, 'https://www.soumu.example/support.html', 200, '2024-05-10 06:30:00+00', '2024-05-10 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'a2a659caf6e4178987c743432e560fd70a1fdf091c7ec5a82e79bf8f2e8c5f08');
INSERT INTO snapshot VALUES (23, 1, 21, 'https://www.soumu.example/support.html', 200, '2024-05-11 06:30:00+00', '2024-05-11 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'df4b17386a5789815fb17e36feb0ab8a38ead1a7934c228d51671d9e8e5d3384');
INSERT INTO snapshot VALUES (24, 1, 22, 'https://www.soumu.example/support.html', 200, '2024-05-12 06:30:00+00', '2024-05-12 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '0512acbaad19af4a02497a94883486cae0a783143328f53e6a92ca8f98104db3');
INSERT INTO snapshot VALUES (25, 1, 23, 'https://www.soumu.example/support.html', 200, '2024-05-13 06:30:00+00', '2024-05-13 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'de04b8a95dedf290ee5d976e8eeedfd55ffde362d52c795583109d626f5e9938');
INSERT INTO snapshot VALUES (26, 1, 24, 'https://www.soumu.example/support.html', 200, '2024-05-14 06:30:00+00', '2024-05-14 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'c3fa3e17fc732131ad6f379c28c19729538f553730fb58897b6d3ed6ce4b097c');
INSERT INTO snapshot VALUES (27, 1, 25, 'https://www.soumu.example/support.html', 200, '2024-05-15 06:30:00+00', '2024-05-15 06:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', 'bce1a1fc403a5dbfc5308783f8c5f6cddd3be1f5a5084365e338020e8792c786');
INSERT INTO snapshot VALUES (28, 2, 26, 'https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html', 200, '2024-05-16 06:30:00+00', '2024-05-16 06:30:00+00', 'good', NULL, '\x28b52ffd0000250100985468752c203136204d6179363a335c22225d5d0500f1e60e5ccd20006780ece96f3908', 'live', '7e5df3025a1f7631921793f4e83d45d3b6dea94d2bc0a1ee006f717c541ca9e9');
INSERT INTO snapshot VALUES (29, 2, 27, 'https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html', 200, '2024-05-16 08:30:00+00', '2024-05-16 08:30:00+00', 'suspect', 'captcha', '\x28b52ffd00001100005b5d', 'live', '42bd11f13bd8530846188d3f22dd6117c77091a56f78527604c618de785aa393');
INSERT INTO snapshot VALUES (30, 2, 28, 'https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html', 200, '2024-05-16 09:30:00+00', '2024-05-16 09:30:00+00', 'good', NULL, '\x28b52ffd0000250100985468752c203136204d6179393a335c22225d5d0500f1e60e5ccd20006780ece96f3908', 'live', '0649a7495a17fee3eb2fec64c9b171cded43afefa7ccdeb36b46592d0ae3eb4a');
INSERT INTO snapshot VALUES (31, 2, 29, 'https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html', 200, '2024-05-16 11:30:00+00', '2024-05-16 11:30:00+00', 'suspect', 'title_lost', '\x28b52ffd00001100005b5d', 'live', '9c4314a8e9ddd200a1f281bcb4315ca20a39c30adf79c41532aa454a3eabfa95');
INSERT INTO snapshot VALUES (32, 2, 30, 'https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html', 200, '2024-06-25 17:30:00+00', '2024-06-25 17:30:00+00', 'suspect', 'maintenance', '\x28b52ffd00001100005b5d', 'live', '8c731cd30619238aef11780d3138d218698c9c8b7c4027890983f9a47625eea4');
INSERT INTO snapshot VALUES (33, 3, 31, 'https://www.soumu.example/support.html', 200, '2024-06-25 18:30:00+00', '2024-06-25 18:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '0940e4fbfce3a5fff0da844bc221704de3b586ecfa405e015924e2a2d1abbcb4');
INSERT INTO snapshot VALUES (34, 3, 32, 'https://www.soumu.example/support.html', 200, '2024-06-25 19:30:00+00', '2024-06-25 19:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'live', '074d1e89e0874247576f8c899a83fbc60a7afef66268bf86864c38086f4c88b0');
INSERT INTO snapshot VALUES (35, 3, 33, 'https://www.soumu.example/support.html', NULL, '2023-05-22 20:30:00+00', '2024-06-25 20:30:00+00', 'good', NULL, '\x28b52ffd00001100005b5d', 'import', '8c5d90454dae4d6f2e594005fa6aec9fe90eb3b03d9aa8d31c872412e26cf497');
INSERT INTO version VALUES (1, 1, 1, 1, 'live', 'support', 1, '支援策', 'utf-8', 0.9, '{}', '[]', '[[1,0,6]]', '2024-04-26 01:30:00+00', NULL);
INSERT INTO version VALUES (2, 1, 2, 2, 'live', 'support', 1, '支援策', 'utf-8', 0.9, '{}', '[]', '[[1,0,2],[7,2,1],[4,3,3]]', '2024-04-26 03:30:00+00', NULL);
INSERT INTO version VALUES (3, 1, 3, 3, 'live', 'support', 1, '支援策', 'utf-8', 0.9, '{}', '[]', '[[1,0,1],[8,1,1],[7,2,1],[4,3,2],[9,5,1]]', '2024-04-26 05:30:00+00', NULL);
INSERT INTO version VALUES (4, 1, 4, 5, 'live', 'support', 1, '支援策', 'utf-8', 0.9, '{}', '[]', '[[1,0,1],[8,1,1],[4,2,2],[9,4,1]]', '2024-04-26 07:30:00+00', NULL);
INSERT INTO version VALUES (5, 1, 5, 6, 'live', 'support', 1, '支援策', 'utf-8', 0.9, '{}', '[]', '[[1,0,1],[8,1,1],[10,2,1],[4,3,2],[9,5,1]]', '2024-04-26 08:30:00+00', NULL);
INSERT INTO version VALUES (6, 1, 6, 6, 'parser', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[1,0,1],[8,1,1],[10,2,1],[4,3,2],[9,5,1],[11,6,1]]', '2024-04-26 13:30:00+00', NULL);
INSERT INTO version VALUES (7, 1, 7, 7, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[1,0,1],[8,1,1],[10,2,1],[4,3,2],[9,5,1],[11,6,6]]', '2024-04-26 14:30:00+00', NULL);
INSERT INTO version VALUES (8, 1, 8, 9, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2]]', '2024-04-27 17:30:00+00', NULL);
INSERT INTO version VALUES (9, 1, 9, 10, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,3]]', '2024-04-28 06:30:00+00', NULL);
INSERT INTO version VALUES (10, 1, 10, 11, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[20,2,1]]', '2024-04-29 06:30:00+00', NULL);
INSERT INTO version VALUES (11, 1, 11, 12, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[21,2,1]]', '2024-04-30 06:30:00+00', NULL);
INSERT INTO version VALUES (12, 1, 12, 13, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[22,2,1]]', '2024-05-01 06:30:00+00', NULL);
INSERT INTO version VALUES (13, 1, 13, 14, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[23,2,1]]', '2024-05-02 06:30:00+00', NULL);
INSERT INTO version VALUES (14, 1, 14, 15, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[24,2,1]]', '2024-05-03 06:30:00+00', NULL);
INSERT INTO version VALUES (15, 1, 15, 16, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[25,2,1]]', '2024-05-04 06:30:00+00', NULL);
INSERT INTO version VALUES (16, 1, 16, 17, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[26,2,1]]', '2024-05-05 06:30:00+00', NULL);
INSERT INTO version VALUES (17, 1, 17, 18, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[27,2,1]]', '2024-05-06 06:30:00+00', NULL);
INSERT INTO version VALUES (18, 1, 18, 19, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[28,2,1]]', '2024-05-07 06:30:00+00', NULL);
INSERT INTO version VALUES (19, 1, 19, 20, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[29,2,1]]', '2024-05-08 06:30:00+00', NULL);
INSERT INTO version VALUES (20, 1, 20, 21, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[30,2,1]]', '2024-05-09 06:30:00+00', NULL);
INSERT INTO version VALUES (21, 1, 21, 22, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[31,2,1]]', '2024-05-10 06:30:00+00', NULL);
INSERT INTO version VALUES (22, 1, 22, 23, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[32,2,1]]', '2024-05-11 06:30:00+00', NULL);
INSERT INTO version VALUES (23, 1, 23, 24, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[33,2,1]]', '2024-05-12 06:30:00+00', NULL);
INSERT INTO version VALUES (24, 1, 24, 25, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[34,2,1]]', '2024-05-13 06:30:00+00', NULL);
INSERT INTO version VALUES (25, 1, 25, 26, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[35,2,1]]', '2024-05-14 06:30:00+00', NULL);
INSERT INTO version VALUES (26, 1, 26, 27, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[17,0,2],[36,2,1]]', '2024-05-15 06:30:00+00', NULL);
INSERT INTO version VALUES (27, 2, 1, 28, 'live', 'support', 1, '地域情報通信振興 支援施策', 'utf-8', 0.9742302543507363, '{"category":1,"programme":3}', '[]', '[[37,0,89]]', '2024-05-16 06:30:00+00', NULL);
INSERT INTO version VALUES (28, 2, 2, 30, 'live', 'support', 1, '地域情報通信振興 支援施策', 'utf-8', 0.9742690058479532, '{"category":1,"programme":3}', '[]', '[[37,0,8],[126,8,1],[46,9,9],[127,18,1],[56,19,26],[128,45,1],[82,46,9],[129,55,1],[92,56,34]]', '2024-05-16 09:30:00+00', NULL);
INSERT INTO version VALUES (29, 2, 3, 31, 'accept', 'support', 1, '地域情報通信振興 施策', 'utf-8', 0.9745946849406653, '{"category":1,"programme":3}', '[]', '[[130,0,2],[39,2,6],[126,8,1],[46,9,9],[127,18,1],[56,19,26],[128,45,1],[82,46,9],[129,55,1],[92,56,34]]', '2024-05-16 12:30:00+00', NULL);
INSERT INTO version VALUES (31, 3, 3, 34, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[134,0,1]]', '2024-06-25 19:30:00+00', '2024-06-25 20:30:00+00');
INSERT INTO version VALUES (32, 3, 1, 35, 'import', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[134,0,1]]', '2023-05-22 20:30:00+00', NULL);
INSERT INTO version VALUES (30, 3, 2, 33, 'live', 'support', 2, '支援策', 'utf-8', 0.9, '{}', '[]', '[[134,0,1]]', '2024-06-25 18:30:00+00', NULL);
SELECT pg_catalog.setval('body_id_seq', 33, true);
SELECT pg_catalog.setval('change_id_seq', 63, true);
SELECT pg_catalog.setval('check_run_id_seq', 48, true);
SELECT pg_catalog.setval('delivery_id_seq', 42, true);
SELECT pg_catalog.setval('host_id_seq', 1, false);
SELECT pg_catalog.setval('host_visit_id_seq', 1, false);
SELECT pg_catalog.setval('incident_id_seq', 7, true);
SELECT pg_catalog.setval('page_id_seq', 3, true);
SELECT pg_catalog.setval('record_version_id_seq', 135, true);
SELECT pg_catalog.setval('snapshot_id_seq', 35, true);
SELECT pg_catalog.setval('standing_id_seq', 1, false);
SELECT pg_catalog.setval('subscriber_address_id_seq', 1, false);
SELECT pg_catalog.setval('subscriber_id_seq', 1, false);
SELECT pg_catalog.setval('version_id_seq', 32, true);
ALTER TABLE ONLY alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY body
    ADD CONSTRAINT pk_body PRIMARY KEY (id);
ALTER TABLE ONLY change
    ADD CONSTRAINT pk_change PRIMARY KEY (id);
ALTER TABLE ONLY check_day
    ADD CONSTRAINT pk_check_day PRIMARY KEY (page_id, day, outcome);
ALTER TABLE ONLY check_run
    ADD CONSTRAINT pk_check_run PRIMARY KEY (id);
ALTER TABLE ONLY daemon
    ADD CONSTRAINT pk_daemon PRIMARY KEY (name);
ALTER TABLE ONLY delivery
    ADD CONSTRAINT pk_delivery PRIMARY KEY (id);
ALTER TABLE ONLY delivery_change
    ADD CONSTRAINT pk_delivery_change PRIMARY KEY (delivery_id, change_id);
ALTER TABLE ONLY host
    ADD CONSTRAINT pk_host PRIMARY KEY (id);
ALTER TABLE ONLY host_visit
    ADD CONSTRAINT pk_host_visit PRIMARY KEY (id);
ALTER TABLE ONLY incident
    ADD CONSTRAINT pk_incident PRIMARY KEY (id);
ALTER TABLE ONLY page
    ADD CONSTRAINT pk_page PRIMARY KEY (id);
ALTER TABLE ONLY reading
    ADD CONSTRAINT pk_reading PRIMARY KEY (snapshot_id);
ALTER TABLE ONLY record_version
    ADD CONSTRAINT pk_record_version PRIMARY KEY (id);
ALTER TABLE ONLY snapshot
    ADD CONSTRAINT pk_snapshot PRIMARY KEY (id);
ALTER TABLE ONLY standing
    ADD CONSTRAINT pk_standing PRIMARY KEY (id);
ALTER TABLE ONLY subscriber
    ADD CONSTRAINT pk_subscriber PRIMARY KEY (id);
ALTER TABLE ONLY subscriber_address
    ADD CONSTRAINT pk_subscriber_address PRIMARY KEY (id);
ALTER TABLE ONLY version
    ADD CONSTRAINT pk_version PRIMARY KEY (id);
ALTER TABLE ONLY body
    ADD CONSTRAINT uq_body_sha256 UNIQUE (sha256);
ALTER TABLE ONLY host
    ADD CONSTRAINT uq_host_host UNIQUE (host);
ALTER TABLE ONLY page
    ADD CONSTRAINT uq_page_page UNIQUE (page);
ALTER TABLE ONLY subscriber_address
    ADD CONSTRAINT uq_subscriber_address_destination UNIQUE (destination);
ALTER TABLE ONLY subscriber
    ADD CONSTRAINT uq_subscriber_name UNIQUE (name);
CREATE INDEX ix_body_base_id ON body USING btree (base_id);
CREATE INDEX ix_change_detected_at ON change USING btree (detected_at);
CREATE INDEX ix_change_page_id_detected_at ON change USING btree (page_id, detected_at);
CREATE INDEX ix_change_version_id ON change USING btree (version_id);
CREATE INDEX ix_check_run_page_id_at ON check_run USING btree (page_id, at);
CREATE INDEX ix_delivery_change_change_id ON delivery_change USING btree (change_id);
CREATE INDEX ix_delivery_status_next_attempt ON delivery USING btree (status, next_attempt);
CREATE INDEX ix_host_visit_host_id ON host_visit USING btree (host_id);
CREATE INDEX ix_incident_page_id ON incident USING btree (page_id);
CREATE INDEX ix_record_version_page_id_until_version ON record_version USING btree (page_id, until_version);
CREATE INDEX ix_snapshot_body_id ON snapshot USING btree (body_id);
CREATE INDEX ix_snapshot_page_id ON snapshot USING btree (page_id);
CREATE INDEX ix_subscriber_address_subscriber_id ON subscriber_address USING btree (subscriber_id);
CREATE UNIQUE INDEX ix_version_page_id_number ON version USING btree (page_id, number);
CREATE INDEX ix_version_snapshot_id ON version USING btree (snapshot_id);
CREATE UNIQUE INDEX uq_delivery_digest ON delivery USING btree (destination, window_until) WHERE (window_until IS NOT NULL);
CREATE UNIQUE INDEX uq_incident_open ON incident USING btree (page_id, kind) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX uq_incident_open_of_service ON incident USING btree (kind) WHERE ((page_id IS NULL) AND (closed_at IS NULL));
CREATE UNIQUE INDEX uq_record_version_current ON record_version USING btree (page_id, kind, md5(key)) WHERE (until_version IS NULL);
CREATE UNIQUE INDEX uq_standing_destination ON standing USING btree (subscriber, destination);
CREATE UNIQUE INDEX uq_standing_whole ON standing USING btree (subscriber) WHERE (destination IS NULL);
ALTER TABLE ONLY body
    ADD CONSTRAINT fk_body_base_id_body FOREIGN KEY (base_id) REFERENCES body(id);
ALTER TABLE ONLY change
    ADD CONSTRAINT fk_change_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY change
    ADD CONSTRAINT fk_change_snapshot_after_snapshot FOREIGN KEY (snapshot_after) REFERENCES snapshot(id);
ALTER TABLE ONLY change
    ADD CONSTRAINT fk_change_snapshot_before_snapshot FOREIGN KEY (snapshot_before) REFERENCES snapshot(id);
ALTER TABLE ONLY change
    ADD CONSTRAINT fk_change_superseded_by_change FOREIGN KEY (superseded_by) REFERENCES change(id);
ALTER TABLE ONLY change
    ADD CONSTRAINT fk_change_version_id_version FOREIGN KEY (version_id) REFERENCES version(id);
ALTER TABLE ONLY check_day
    ADD CONSTRAINT fk_check_day_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY check_run
    ADD CONSTRAINT fk_check_run_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY check_run
    ADD CONSTRAINT fk_check_run_snapshot_id_snapshot FOREIGN KEY (snapshot_id) REFERENCES snapshot(id);
ALTER TABLE ONLY delivery_change
    ADD CONSTRAINT fk_delivery_change_change_id_change FOREIGN KEY (change_id) REFERENCES change(id);
ALTER TABLE ONLY delivery_change
    ADD CONSTRAINT fk_delivery_change_delivery_id_delivery FOREIGN KEY (delivery_id) REFERENCES delivery(id);
ALTER TABLE ONLY host_visit
    ADD CONSTRAINT fk_host_visit_host_id_host FOREIGN KEY (host_id) REFERENCES host(id);
ALTER TABLE ONLY incident
    ADD CONSTRAINT fk_incident_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY reading
    ADD CONSTRAINT fk_reading_snapshot_id_snapshot FOREIGN KEY (snapshot_id) REFERENCES snapshot(id);
ALTER TABLE ONLY record_version
    ADD CONSTRAINT fk_record_version_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY snapshot
    ADD CONSTRAINT fk_snapshot_body_id_body FOREIGN KEY (body_id) REFERENCES body(id);
ALTER TABLE ONLY snapshot
    ADD CONSTRAINT fk_snapshot_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY subscriber_address
    ADD CONSTRAINT fk_subscriber_address_subscriber_id_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber(id);
ALTER TABLE ONLY version
    ADD CONSTRAINT fk_version_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY version
    ADD CONSTRAINT fk_version_snapshot_id_snapshot FOREIGN KEY (snapshot_id) REFERENCES snapshot(id);
