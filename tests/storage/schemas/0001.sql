BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE body (
	id INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	format VARCHAR NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_body PRIMARY KEY (id), 
	CONSTRAINT uq_body_sha256 UNIQUE (sha256)
);
INSERT INTO "body" VALUES(1,'682bf0d653740435cb3d07563bc5a7d23c2e3f6b9988e810a01c433f11c40b06',1865,'zstd',X'28B52FFD604906B51400469B6640306B9D038888FAC1C040BB0D60062BCE47F27DFBF6F375418AFDE747E99698C7E463AD43952409A4C8FEE66F7297FAD4C01005B5EC54D9AED71F481C141414154E0052006000DC8B9EC69DD54F2F4D04CBB41D803B9D053C267BDC56D4B5D2894E270AD43142FDC1FDEDA7D783E1AE605BE39C471162C11C56098B8DE188458C2449088413F3DE95A7DC837A7C0CE5DE526A7E4C08BAE8C32DA83887887F36CE13A973542628839F3A4C1B865553B0CEF4D26494FB8BBFFD8958C25A11AC132B62B0C39FB639A27A1BDFA717088E5752D9357374B882D279B1968BC614BB6BE7DDCFF218081AA8B21FB8E0A4518F681D8BBEA12EF0EDB3805FA4CC9F7819ABA0C013486055D8B4086C301FB6AFD8B44C0EF80783671EB60C252F15E09954E8EC94580F36CE52838981E2F4885AB782178089CDCA33B1A2E0AC4AA13302A765E2AC0C68B018041A0904E55EA4DCEFEA4A6A6AA8F104EBA757802CCB3ACAEE31B134426706A4E20D20F47D6D3876D8731865F454D99A60D149A32EB1DFAD39C4168DC96D6FBEEC884B1BF5F6AC776D583FA23DB6ECE1A065DA0761A8E119428888469282720D6B20428214B3EC12006538CA4192634A291488842291841294B20AE20195250C9947B974E93D062F617F652FBE6C1279B65CEB6B3514E7847A7467C08DE18D4C256CCB70A229DA6E89CEB8D34576D89C43A79595004F003F8E36253E72B147CBC417C4444BD32B22AC9B8760320A5852472615B6641CED17B265883C51D81B48AC9F08BCE3D2F629AD2C3893E7DD4F853AACA2C4808872F71FAA44424F947BEF238607222285FCAD42EB3040F33FEB6A74B03F384B400F152882DE20D753B0706C105112584D010587595F99D54A005202819C4EBD986D560F884F0017E68FEE1098ED11E2DC28B907FC1F5701');
INSERT INTO "body" VALUES(2,'05c875a503a3d356f6ee83b222fb74e20ea4aefc670a2f165b3fb72cc60e2376',1866,'zstd',X'28B52FFD604A06DD1400E69B683E306BDD481991828202D6192B5AD2F3917CDFBEFD7C5D9062FFF951BA25E631F958EB5091109014C6D16899E6346A6088825A9B53B1DD5E2B9841494131085200560061009987DAD9F1E3DAC3DCD66B23C9348E05688FEF0018A5931D8FFC5ABC110A4D85FE85E8DBB083DDD6CB8662B7649DEBBDC9F181C32DDE089C9122A9C7AC2CCBC7A31B77EF165B3B1B72D2666A6771E56E9B091D56818CD682037F04F215567E63E4411A28AAF43BAB3384E1511C2716C5CB2B9AEF7A6DB4DAD9ACC10E8E3A02E331BC143CEAD0D320C71BE27E5D675BAF3024F3C4D2EFDEF0F8042614832F18AE2BB85FEFCBE0C5061844C31A366DB329F31BB0F025D28F6C9E8A0F497578002005DE42755ACAB7338A091E418416054E3A20C3E9C0590A4E7A6AE041175EE3C05D30BD8980D7A844A8C7D472A0819A184E0B13E86794E61B5E10090EEB23C19AE8B04C221442273D059BC943EDEC58C960E6B7DC5C916B8AE6B65E0D9AA67198FF736A6588504D68E5193CF83D6391F4F417916C18A761110997EAF01C09E3ABCC5442C52F91FE0483F96E515FB82E3BCE1BD321AEEDC35FC6E2B5912D62A8D11942A888469282720D6B30428214B3EB12006538CA4192634A2914884422125F29CB200F9625109977B9B4E93D082FD17C642F83D92498B634F6096F88E4290569CFC88F618D501DECCBE34443B66F5B0447010E012B03CEECA9EEB292F0C473649D69310B43292F6FBF9814729E229D2090DE88CB40E4A44ECBDAD1F29B1586181465DE80626588583A2E6D9FD2C4823379DEED54B8C32A4A0C882C77FF4395C8C809A9F7BDC4704B842442BE2D8262D853B33C0B89E830A8205002C254000F1A87AC4431E1DA211712794DED1F8D08DE326BB538ACE452994D73B1CA6C0F089F0020E68F762F59D58DECD828B707FCFF5501');
INSERT INTO "body" VALUES(3,'8532857320a9dddd71e9e87e91b1ece5155ad6a9d0d93a3427359f8565817f02',1872,'zstd',X'28B52FFD605006FD1400069C693F206BAA0348C95D004880A87B7BB5A4E727F9BE7DFBB987A1ED8068A07454DCEF95DEEBC76BCE4B09E3F39BA03C2802421460F37DDB970B5E0569020900CB055200560062009887EA5912E4FAC3DCD64B13C9348E05E88FEF00D8A4971D93FC563ED12945813E46E85BB187DDD6CB8A63AF649DEBBD4BF281C53DDE089C9563A9C9CC34CDC7C32377EF155B3D2BF2D262AA6731E56E8B091A2C0506FEC429157D3C0595E710F9CF467A227D8E0A0565F853078AC7F1728AE6BB5E1AAD7A36EBB087A48EC09814EF04935AFC74C8F186B860D7D9D64B14CB2CA9F4BB393A1E4129BD60CB856B0AEEF7037368B1011AD6C0699C459D7FE2C293461FC2752CFE86AAE0017C12F88B146A27E0CE2A24F80310581336AD01195087AE62D33231F01F0C9F71E82E9CBE44C06752A1B4536235D8484F0CA8058AD4236AE52B5E9BC466E59158517056A550FA80D332715605021AC943F52C49C961E6D7D4DC91EB89E6B65E0DDBB6759CDF63626984D20C48E51738F83DE3B1FC3408897058A761904887AAE0BB51C64F9DAD08169F34FA121CE6BB476DE1DAEC38EF4B87B8381083198FD742386C0B62A8D11942A888469282720D6B30428214B3EB1220653C8A41CE31A6140A44221189AF92320CF29925289930BAA8E99D715ED27C648F43DA1C58B702F6A96C08FB290569CF588F615DA8CEF6E525A251B6CF550447010E012B00CEECA9EEB292F0C473649D69310B43293B6FBF8814729EC29C2050DF8CCB603353494B9DD2D69B458C081465D5A1625D8958462E6D3FD8F4833B39DDED54B9435D0E701071DA65612A14592DA461A955E6592EB410FE6D5128927D405B8B0B3259A834089380502A40060D423651BC7074C807E9BCA6FCE746046F97B55F1C5672A98CA6A95861B607844000109347B357D6EA46766C94D303FEF9AA');
INSERT INTO "body" VALUES(4,'fb76c6859d2fb3a77fbb6903093cc2ba25f71104e2c349e5baa1fba69e52db95',18,'zstd',X'28B52FFD20129100003C703E6D61696E74656E616E63653C2F703E');
INSERT INTO "body" VALUES(5,'b93c7f37a997f8a4cc91b13bce9cd82ebaea4df540cc790bece847c1a94459af',1410,'zstd',X'28B52FFD60820475130066DA6340306B9D03484894111151ACE354B5A4E7B1FCAFED25BE1F4C5AB737C836B31A0D7FD73A544992408A9CDFFA3B1121CF4504169468B68C71786AA909070606A5024C004E005F005DBEDC679F17670026C94FE072190B805474A81FCCF4C29150654A446A8C48AFDAD33E2FAF9FBE603A5F8C4330F2157F74E2B1F00B2F8889A218896C20D6FAE273F39A43D7CCCDDF42B16B02AADD41DA218E1295417A54A3C8C246798CFF7D345B6EC6F3E248E6E6F67ADA03EFC43F5869E5C15BB9EBE5C712B4D3D7FABC6A0D2DE5A229EEF86C05A632F3984CBE96D794EBAC87714DC4DC1C0C9F076496CAB00384166C8C8FD12B1DC62E2AEC041458173AAD021D4688878B4EEB04618734F606E26143699B0CECCDC7A8FC98581138CA12875183450922B52CAD5746D159812856169E9569544EF0B44E9ED5810D1603046405AA248536861C4AC4DC1CB458CF662A72E8976FE5669FD724CB328F12093AB13646E546A4DA0E2490DAFE1772B7A3BC6729FE2E265F51BFC5192D7169DD77F63FEA130D924920003489E6A9125981B1331A90132D57A8C195424811CD4C49B986352042A2143BEB12C07444CB411022A8D00433E1E4A5B4CC6A03CB09F9483140BA4053CE2075DFB2A7262871665F0AF5F600AA3231E8459903D0FD62A8DEC9292E4683B12D9DD1EF4D14294E314B18511FEEB20B9969EEB2A6B4D5929FD15A11749D49D80A51E4917D5A73366D704A633A913676D0FE805591BD2ECB994249D082357CBBB21EE022B1F0BFA5E842A681BA141706B22E1A4448409B0A24A1EDCA734A16DE848412E8EB453F4E947BABAC4CC27E9290120BE26F1C2CE020870021323F1680693D2FDC2926B9073C185701');
INSERT INTO "body" VALUES(6,'d91754f64497964e2143499fb52fe216ed236470cb66d324b425a94a8b4a3a4b',10,'zstd',X'28B52FFD200A5100003C703E7369783C2F703E');
INSERT INTO "body" VALUES(7,'8454f8f6a627398ff88dd131300df5b0e6a4d0140c940a677abb21439c1ea2f3',10,'zstd',X'28B52FFD200A5100003C703E6F6E653C2F703E');
CREATE TABLE change (
	id INTEGER NOT NULL, 
	page_id INTEGER NOT NULL, 
	version INTEGER, 
	change VARCHAR NOT NULL, 
	also JSON NOT NULL, 
	names TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	path JSON NOT NULL, 
	fields JSON NOT NULL, 
	flags JSON NOT NULL, 
	cause TEXT, 
	"before" JSON, 
	"after" JSON, 
	url TEXT, 
	search TEXT NOT NULL, 
	operators_only BOOLEAN NOT NULL, 
	detected_at DATETIME NOT NULL, 
	last_seen_before DATETIME, 
	snapshot_before INTEGER, 
	snapshot_after INTEGER, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT fk_change_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_change_snapshot_after_snapshot FOREIGN KEY(snapshot_after) REFERENCES snapshot (id), 
	CONSTRAINT fk_change_snapshot_before_snapshot FOREIGN KEY(snapshot_before) REFERENCES snapshot (id)
);
INSERT INTO "change" VALUES(1,1,2,'plan.amended','["plan.changed"]','|plan.amended|plan.changed|','plan','開発供給計画|全国5G|富士通','富士通','["5G投資促進税制","認定計画","開発供給計画","全国5G"]','["note","date","closed"]','[]',NULL,'{"kind":"plan","key":"開発供給計画|全国5G|富士通","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"富士通","url":"https://www.soumu.example/富士通.pdf","note":"令和5年5月29日変更","date":"2023-05-29","date_kind":"amended","periods":[],"closed":true,"text":"","position":2,"plan_type":"開発供給計画","network":"全国5G","companies":["富士通"]}','{"kind":"plan","key":"開発供給計画|全国5G|富士通","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"富士通","url":"https://www.soumu.example/富士通.pdf","note":"令和6年1月23日変更","date":"2024-01-23","date_kind":"amended","periods":[],"closed":false,"text":"","position":2,"plan_type":"開発供給計画","network":"全国5G","companies":["富士通"]}','https://www.soumu.example/富士通.pdf','開発供給計画|全国5g|富士通
富士通
5g投資促進税制
認定計画
開発供給計画
全国5g
plan
https://www.soumu.example/富士通.pdf
令和5年5月29日変更
2023-05-29
amended

令和6年1月23日変更
2024-01-23',0,'2024-04-26 02:30:00.000000','2024-04-26 01:30:00.000000',1,2);
INSERT INTO "change" VALUES(2,1,3,'programme.renamed','[]','|programme.renamed|','programme','中小企業経営強化税制','中小企業経営強化税制等','["税制"]','["title"]','[]',NULL,'{"kind":"programme","key":"中小企業経営強化税制","path":["税制"],"title":"中小企業経営強化税制","url":null,"note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"投資に適用する。","position":1,"category":"税制"}','{"kind":"programme","key":"中小企業経営強化税制","path":["税制"],"title":"中小企業経営強化税制等","url":null,"note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"投資に適用する。","position":1,"category":"税制"}',NULL,'中小企業経営強化税制
中小企業経営強化税制等
税制
programme
投資に適用する。',0,'2024-04-26 04:30:00.000000','2024-04-26 03:30:00.000000',2,3);
INSERT INTO "change" VALUES(3,1,3,'document.replaced','[]','|document.replaced|','document','様式|認定申請書','認定申請書','["様式"]','["url"]','[]',NULL,'{"kind":"document","key":"様式|認定申請書","path":["様式"],"title":"認定申請書","url":"https://www.soumu.example/000.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","position":4,"role":"form","format":"pdf","programme":null}','{"kind":"document","key":"様式|認定申請書","path":["様式"],"title":"認定申請書","url":"https://www.soumu.example/111.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","position":4,"role":"form","format":"pdf","programme":null}','https://www.soumu.example/111.pdf','様式|認定申請書
認定申請書
様式
document
https://www.soumu.example/000.pdf

form
pdf
https://www.soumu.example/111.pdf',0,'2024-04-26 04:30:00.000000','2024-04-26 03:30:00.000000',2,3);
INSERT INTO "change" VALUES(4,1,NULL,'page.suspect','[]','|page.suspect|','page','support','支援策のページ','[]','[]','[]',NULL,NULL,'{"reason":"maintenance","message":"it looks wrong: maintenance","http_status":200,"count":1}','https://www.soumu.example/support.html','support
支援策のページ
maintenance
itlookswrong:maintenance',1,'2024-04-26 05:30:00.000000','2024-04-26 04:30:00.000000',3,4);
INSERT INTO "change" VALUES(5,1,4,'plan.removed','[]','|plan.removed|','plan','開発供給計画|全国5G|日本電気','日本電気','["5G投資促進税制","認定計画","開発供給計画","全国5G"]','[]','[]',NULL,'{"kind":"plan","key":"開発供給計画|全国5G|日本電気","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"日本電気","url":"https://www.soumu.example/日本電気.pdf","note":"令和5年5月29日変更","date":"2023-05-29","date_kind":"amended","periods":[],"closed":false,"text":"","position":3,"plan_type":"開発供給計画","network":"全国5G","companies":["日本電気"]}',NULL,'https://www.soumu.example/日本電気.pdf','開発供給計画|全国5g|日本電気
日本電気
5g投資促進税制
認定計画
開発供給計画
全国5g
plan
https://www.soumu.example/日本電気.pdf
令和5年5月29日変更
2023-05-29
amended
',0,'2024-04-26 06:30:00.000000','2024-04-26 04:30:00.000000',3,5);
INSERT INTO "change" VALUES(6,1,NULL,'page.recovered','[]','|page.recovered|','page','support','支援策のページ','[]','[]','[]',NULL,NULL,'{"incidents":["page.suspect"],"reason":"maintenance","message":"it looks wrong: maintenance","opened_at":"2024-04-26T14:30:00+09:00"}','https://www.soumu.example/support.html','support
支援策のページ
page.suspect
maintenance
itlookswrong:maintenance
2024-04-26t14:30:00+09:00',1,'2024-04-26 06:30:00.000000','2024-04-26 04:30:00.000000',3,NULL);
INSERT INTO "change" VALUES(7,1,5,'plan.added','[]','|plan.added|','plan','開発供給計画|全国5G|日本電気','日本電気','["5G投資促進税制","認定計画","開発供給計画","全国5G"]','[]','[]',NULL,NULL,'{"kind":"plan","key":"開発供給計画|全国5G|日本電気","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"日本電気","url":"https://www.soumu.example/日本電気.pdf","note":"令和5年5月29日変更","date":"2023-05-29","date_kind":"amended","periods":[],"closed":false,"text":"","position":3,"plan_type":"開発供給計画","network":"全国5G","companies":["日本電気"]}','https://www.soumu.example/日本電気.pdf','開発供給計画|全国5g|日本電気
日本電気
5g投資促進税制
認定計画
開発供給計画
全国5g
plan
https://www.soumu.example/日本電気.pdf
令和5年5月29日変更
2023-05-29
amended
',0,'2024-04-26 07:30:00.000000','2024-04-26 06:30:00.000000',5,6);
INSERT INTO "change" VALUES(8,1,NULL,'page.failing','[]','|page.failing|','page','support','支援策のページ','[]','[]','[]',NULL,NULL,'{"reason":"timeout","message":"it failed: timeout","http_status":null,"count":2}','https://www.soumu.example/support.html','support
支援策のページ
timeout
itfailed:timeout',1,'2024-04-26 09:30:00.000000','2024-04-26 07:30:00.000000',6,NULL);
INSERT INTO "change" VALUES(9,2,NULL,'page.suspect','[]','|page.suspect|','page','press','支援策のページ','[]','[]','[]',NULL,NULL,'{"reason":"fewer_records","message":"document: 1 where the last good page had 6","http_status":200,"count":1}','https://www.soumu.example/press.html','press
支援策のページ
fewer_records
document:1wherethelastgoodpagehad6',1,'2024-04-27 02:30:00.000000','2024-04-27 01:30:00.000000',7,8);
CREATE TABLE check_run (
	id INTEGER NOT NULL, 
	page_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	seconds FLOAT NOT NULL, 
	outcome VARCHAR NOT NULL, 
	http_status INTEGER, 
	final_url TEXT, 
	reason VARCHAR, 
	message TEXT, 
	snapshot_id INTEGER, 
	CONSTRAINT pk_check_run PRIMARY KEY (id), 
	CONSTRAINT fk_check_run_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_check_run_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id)
);
INSERT INTO "check_run" VALUES(1,1,'2024-04-26 01:30:00.000000',0.2,'baseline',200,NULL,NULL,NULL,1);
INSERT INTO "check_run" VALUES(2,1,'2024-04-26 02:30:00.000000',0.2,'changed',200,NULL,NULL,NULL,2);
INSERT INTO "check_run" VALUES(3,1,'2024-04-26 03:30:00.000000',0.2,'unchanged',304,NULL,NULL,NULL,NULL);
INSERT INTO "check_run" VALUES(4,1,'2024-04-26 04:30:00.000000',0.2,'changed',200,NULL,NULL,NULL,3);
INSERT INTO "check_run" VALUES(5,1,'2024-04-26 05:30:00.000000',0.2,'suspect',200,NULL,'maintenance','it looks wrong: maintenance',4);
INSERT INTO "check_run" VALUES(6,1,'2024-04-26 06:30:00.000000',0.2,'changed',200,NULL,NULL,NULL,5);
INSERT INTO "check_run" VALUES(7,1,'2024-04-26 07:30:00.000000',0.2,'changed',200,NULL,NULL,NULL,6);
INSERT INTO "check_run" VALUES(8,1,'2024-04-26 08:30:00.000000',0.2,'failed',NULL,NULL,'timeout','it failed: timeout',NULL);
INSERT INTO "check_run" VALUES(9,1,'2024-04-26 09:30:00.000000',0.2,'failed',NULL,NULL,'timeout','it failed: timeout',NULL);
INSERT INTO "check_run" VALUES(10,2,'2024-04-27 01:30:00.000000',0.2,'baseline',200,NULL,NULL,NULL,7);
INSERT INTO "check_run" VALUES(11,2,'2024-04-27 02:30:00.000000',0.2,'suspect',200,NULL,'fewer_records','document: 1 where the last good page had 6',8);
CREATE TABLE delivery (
	id INTEGER NOT NULL, 
	destination VARCHAR NOT NULL, 
	subscriber VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	next_attempt DATETIME NOT NULL, 
	owner VARCHAR, 
	lease_until DATETIME, 
	subject TEXT, 
	text TEXT, 
	html TEXT, 
	message_id VARCHAR, 
	last_error TEXT, 
	code TEXT, 
	finished_at DATETIME, 
	CONSTRAINT pk_delivery PRIMARY KEY (id)
);
INSERT INTO "delivery" VALUES(1,'subscriber#12345678','subscriber','subscriber','ja','sent',1,'2024-04-26 02:30:00.000000','2024-04-26 02:30:00.000000',NULL,NULL,'件名','本文',NULL,'<1@example.jp>',NULL,'250 kept','2024-04-26 10:30:00.000000');
INSERT INTO "delivery" VALUES(2,'subscriber#12345678','subscriber','subscriber','ja','dead',1,'2024-04-26 04:30:00.000000','2024-04-26 04:30:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'550 no such user',NULL,'2024-04-26 10:30:00.000000');
INSERT INTO "delivery" VALUES(3,'operator#12345678','operator','operator','ja','cancelled',0,'2024-04-26 05:30:00.000000','2024-04-26 05:30:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'unsubscribed',NULL,'2024-04-26 10:30:00.000000');
INSERT INTO "delivery" VALUES(4,'operator#12345678','operator','operator','ja','waiting',0,'2024-04-26 06:30:00.000000','2024-04-26 06:30:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,'subscriber#12345678','subscriber','subscriber','ja','waiting',0,'2024-04-26 06:30:00.000000','2024-04-26 06:30:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(6,'subscriber#12345678','subscriber','subscriber','ja','waiting',0,'2024-04-26 07:30:00.000000','2024-04-26 07:30:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(7,'operator#12345678','operator','operator','ja','waiting',0,'2024-04-26 09:30:00.000000','2024-04-26 09:30:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(8,'operator#12345678','operator','operator','ja','waiting',0,'2024-04-27 02:30:00.000000','2024-04-27 02:30:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE delivery_change (
	delivery_id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	CONSTRAINT pk_delivery_change PRIMARY KEY (delivery_id, change_id), 
	CONSTRAINT fk_delivery_change_change_id_change FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_delivery_change_delivery_id_delivery FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);
INSERT INTO "delivery_change" VALUES(1,1);
INSERT INTO "delivery_change" VALUES(2,2);
INSERT INTO "delivery_change" VALUES(2,3);
INSERT INTO "delivery_change" VALUES(3,4);
INSERT INTO "delivery_change" VALUES(4,6);
INSERT INTO "delivery_change" VALUES(5,5);
INSERT INTO "delivery_change" VALUES(6,7);
INSERT INTO "delivery_change" VALUES(7,8);
INSERT INTO "delivery_change" VALUES(8,9);
CREATE TABLE incident (
	id INTEGER NOT NULL, 
	page_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	message TEXT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_incident PRIMARY KEY (id), 
	CONSTRAINT fk_incident_page_id_page FOREIGN KEY(page_id) REFERENCES page (id)
);
INSERT INTO "incident" VALUES(1,1,'page.suspect','maintenance','it looks wrong: maintenance','2024-04-26 05:30:00.000000','2024-04-26 06:30:00.000000');
INSERT INTO "incident" VALUES(2,1,'page.failing','timeout','it failed: timeout','2024-04-26 09:30:00.000000',NULL);
INSERT INTO "incident" VALUES(3,2,'page.suspect','fewer_records','document: 1 where the last good page had 6','2024-04-27 02:30:00.000000',NULL);
CREATE TABLE page (
	id INTEGER NOT NULL, 
	page VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	url TEXT NOT NULL, 
	last_check DATETIME, 
	last_good DATETIME, 
	last_full DATETIME, 
	outcome VARCHAR, 
	reason VARCHAR, 
	message TEXT, 
	failures INTEGER NOT NULL, 
	gone_count INTEGER NOT NULL, 
	gone BOOLEAN NOT NULL, 
	moved_to TEXT, 
	etag TEXT, 
	last_modified VARCHAR, 
	body_sha256 VARCHAR, 
	records_digest VARCHAR, 
	version INTEGER NOT NULL, 
	parser VARCHAR, 
	parser_version INTEGER, 
	title TEXT, 
	record_count INTEGER NOT NULL, 
	suspect_snapshot INTEGER, 
	pending_digest VARCHAR, 
	pending_since DATETIME, 
	pending_count INTEGER NOT NULL, 
	CONSTRAINT pk_page PRIMARY KEY (id), 
	CONSTRAINT uq_page_page UNIQUE (page)
);
INSERT INTO "page" VALUES(1,'support','支援策のページ','https://www.soumu.example/support.html','2024-04-26 09:30:00.000000','2024-04-26 07:30:00.000000','2024-04-26 07:30:00.000000','failed','timeout','it failed: timeout',2,0,0,NULL,NULL,NULL,'8532857320a9dddd71e9e87e91b1ece5155ad6a9d0d93a3427359f8565817f02','3c2321f6f6e33fe64aab612d836bb4baa3e90d3fa664d8421de070898b4740fd',5,'support',1,'支援策',5,NULL,NULL,NULL,0);
INSERT INTO "page" VALUES(2,'press','支援策のページ','https://www.soumu.example/press.html','2024-04-27 02:30:00.000000','2024-04-27 01:30:00.000000','2024-04-27 01:30:00.000000','suspect','fewer_records','document: 1 where the last good page had 6',0,0,0,NULL,NULL,NULL,'d91754f64497964e2143499fb52fe216ed236470cb66d324b425a94a8b4a3a4b','45809c5627b94b5f3b6c362970ef243934e4ea56dc28c06887392dee10da9dad',1,'support',1,'支援策',6,8,'5cde511aed4c23db5765333c1b10f611be77dece150b36d36c37809f2f3f1639','2024-04-27 02:30:00.000000',1);
CREATE TABLE record_version (
	id INTEGER NOT NULL, 
	page_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	"key" TEXT NOT NULL, 
	record JSON NOT NULL, 
	since_version INTEGER NOT NULL, 
	until_version INTEGER, 
	CONSTRAINT pk_record_version PRIMARY KEY (id), 
	CONSTRAINT fk_record_version_page_id_page FOREIGN KEY(page_id) REFERENCES page (id)
);
INSERT INTO "record_version" VALUES(1,1,'category','税制','{"kind":"category","key":"税制","path":[],"title":"税制","url":null,"note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":""}',1,NULL);
INSERT INTO "record_version" VALUES(2,1,'programme','中小企業経営強化税制','{"kind":"programme","key":"中小企業経営強化税制","path":["税制"],"title":"中小企業経営強化税制","url":null,"note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"投資に適用する。","category":"税制"}',1,3);
INSERT INTO "record_version" VALUES(3,1,'plan','開発供給計画|全国5G|富士通','{"kind":"plan","key":"開発供給計画|全国5G|富士通","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"富士通","url":"https://www.soumu.example/富士通.pdf","note":"令和5年5月29日変更","date":"2023-05-29","date_kind":"amended","periods":[],"closed":true,"text":"","plan_type":"開発供給計画","network":"全国5G","companies":["富士通"]}',1,2);
INSERT INTO "record_version" VALUES(4,1,'plan','開発供給計画|全国5G|日本電気','{"kind":"plan","key":"開発供給計画|全国5G|日本電気","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"日本電気","url":"https://www.soumu.example/日本電気.pdf","note":"令和5年5月29日変更","date":"2023-05-29","date_kind":"amended","periods":[],"closed":false,"text":"","plan_type":"開発供給計画","network":"全国5G","companies":["日本電気"]}',1,4);
INSERT INTO "record_version" VALUES(5,1,'document','様式|認定申請書','{"kind":"document","key":"様式|認定申請書","path":["様式"],"title":"認定申請書","url":"https://www.soumu.example/000.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',1,3);
INSERT INTO "record_version" VALUES(6,1,'plan','開発供給計画|全国5G|富士通','{"kind":"plan","key":"開発供給計画|全国5G|富士通","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"富士通","url":"https://www.soumu.example/富士通.pdf","note":"令和6年1月23日変更","date":"2024-01-23","date_kind":"amended","periods":[],"closed":false,"text":"","plan_type":"開発供給計画","network":"全国5G","companies":["富士通"]}',2,NULL);
INSERT INTO "record_version" VALUES(7,1,'programme','中小企業経営強化税制','{"kind":"programme","key":"中小企業経営強化税制","path":["税制"],"title":"中小企業経営強化税制等","url":null,"note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"投資に適用する。","category":"税制"}',3,NULL);
INSERT INTO "record_version" VALUES(8,1,'document','様式|認定申請書','{"kind":"document","key":"様式|認定申請書","path":["様式"],"title":"認定申請書","url":"https://www.soumu.example/111.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',3,NULL);
INSERT INTO "record_version" VALUES(9,1,'plan','開発供給計画|全国5G|日本電気','{"kind":"plan","key":"開発供給計画|全国5G|日本電気","path":["5G投資促進税制","認定計画","開発供給計画","全国5G"],"title":"日本電気","url":"https://www.soumu.example/日本電気.pdf","note":"令和5年5月29日変更","date":"2023-05-29","date_kind":"amended","periods":[],"closed":false,"text":"","plan_type":"開発供給計画","network":"全国5G","companies":["日本電気"]}',5,NULL);
INSERT INTO "record_version" VALUES(10,2,'document','様式|様式第0号','{"kind":"document","key":"様式|様式第0号","path":["様式"],"title":"様式第0号","url":"https://www.soumu.example/0.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',1,NULL);
INSERT INTO "record_version" VALUES(11,2,'document','様式|様式第1号','{"kind":"document","key":"様式|様式第1号","path":["様式"],"title":"様式第1号","url":"https://www.soumu.example/1.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',1,NULL);
INSERT INTO "record_version" VALUES(12,2,'document','様式|様式第2号','{"kind":"document","key":"様式|様式第2号","path":["様式"],"title":"様式第2号","url":"https://www.soumu.example/2.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',1,NULL);
INSERT INTO "record_version" VALUES(13,2,'document','様式|様式第3号','{"kind":"document","key":"様式|様式第3号","path":["様式"],"title":"様式第3号","url":"https://www.soumu.example/3.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',1,NULL);
INSERT INTO "record_version" VALUES(14,2,'document','様式|様式第4号','{"kind":"document","key":"様式|様式第4号","path":["様式"],"title":"様式第4号","url":"https://www.soumu.example/4.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',1,NULL);
INSERT INTO "record_version" VALUES(15,2,'document','様式|様式第5号','{"kind":"document","key":"様式|様式第5号","path":["様式"],"title":"様式第5号","url":"https://www.soumu.example/5.pdf","note":null,"date":null,"date_kind":null,"periods":[],"closed":false,"text":"","role":"form","format":"pdf","programme":null}',1,NULL);
CREATE TABLE snapshot (
	id INTEGER NOT NULL, 
	page_id INTEGER NOT NULL, 
	body_id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	http_status INTEGER, 
	headers JSON NOT NULL, 
	claimed_at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	outcome VARCHAR NOT NULL, 
	reason VARCHAR, 
	CONSTRAINT pk_snapshot PRIMARY KEY (id), 
	CONSTRAINT fk_snapshot_body_id_body FOREIGN KEY(body_id) REFERENCES body (id), 
	CONSTRAINT fk_snapshot_page_id_page FOREIGN KEY(page_id) REFERENCES page (id)
);
INSERT INTO "snapshot" VALUES(1,1,1,'https://www.soumu.example/support.html',200,'[["Content-Type","text/html; charset=utf-8"],["ETag","\"1\""]]','2024-04-26 01:30:00.000000','2024-04-26 01:30:00.000000','good',NULL);
INSERT INTO "snapshot" VALUES(2,1,2,'https://www.soumu.example/support.html',200,'[["Content-Type","text/html; charset=utf-8"],["ETag","\"1\""]]','2024-04-26 02:30:00.000000','2024-04-26 02:30:00.000000','good',NULL);
INSERT INTO "snapshot" VALUES(3,1,3,'https://www.soumu.example/support.html',200,'[]','2024-04-26 04:30:00.000000','2024-04-26 04:30:00.000000','good',NULL);
INSERT INTO "snapshot" VALUES(4,1,4,'https://www.soumu.example/support.html',200,'[]','2024-04-26 05:30:00.000000','2024-04-26 05:30:00.000000','suspect','maintenance');
INSERT INTO "snapshot" VALUES(5,1,5,'https://www.soumu.example/support.html',200,'[]','2024-04-26 06:30:00.000000','2024-04-26 06:30:00.000000','good',NULL);
INSERT INTO "snapshot" VALUES(6,1,3,'https://www.soumu.example/support.html',200,'[]','2024-04-26 07:30:00.000000','2024-04-26 07:30:00.000000','good',NULL);
INSERT INTO "snapshot" VALUES(7,2,6,'https://www.soumu.example/press.html',200,'[]','2024-04-27 01:30:00.000000','2024-04-27 01:30:00.000000','good',NULL);
INSERT INTO "snapshot" VALUES(8,2,7,'https://www.soumu.example/press.html',200,'[["Content-Type","text/html; charset=utf-8"],["ETag","\"1\""]]','2024-04-27 02:30:00.000000','2024-04-27 02:30:00.000000','suspect','fewer_records');
CREATE TABLE version (
	id INTEGER NOT NULL, 
	page_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	snapshot_id INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	parser VARCHAR NOT NULL, 
	parser_version INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	charset VARCHAR NOT NULL, 
	coverage FLOAT NOT NULL, 
	floors JSON NOT NULL, 
	warnings JSON NOT NULL, 
	record_order JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_version PRIMARY KEY (id), 
	CONSTRAINT fk_version_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_version_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id)
);
INSERT INTO "version" VALUES(1,1,1,1,'live','support',1,'支援策','utf-8',0.9,'{}','[]','[[1,0],[2,1],[3,2],[4,3],[5,4]]','2024-04-26 01:30:00.000000');
INSERT INTO "version" VALUES(2,1,2,2,'live','support',1,'支援策','utf-8',0.9,'{}','[]','[[1,0],[2,1],[4,3],[5,4],[6,2]]','2024-04-26 02:30:00.000000');
INSERT INTO "version" VALUES(3,1,3,3,'live','support',1,'支援策','utf-8',0.9,'{}','[]','[[1,0],[6,2],[4,3],[7,1],[8,4]]','2024-04-26 04:30:00.000000');
INSERT INTO "version" VALUES(4,1,4,5,'live','support',1,'支援策','utf-8',0.9,'{}','[]','[[1,0],[7,1],[6,2],[8,3]]','2024-04-26 06:30:00.000000');
INSERT INTO "version" VALUES(5,1,5,6,'live','support',1,'支援策','utf-8',0.9,'{}','[]','[[1,0],[7,1],[6,2],[8,4],[9,3]]','2024-04-26 07:30:00.000000');
INSERT INTO "version" VALUES(6,2,1,7,'live','support',1,'支援策','utf-8',0.9,'{}','[]','[[10,0],[11,1],[12,2],[13,3],[14,4],[15,5]]','2024-04-27 01:30:00.000000');
CREATE INDEX ix_delivery_status_next_attempt ON delivery (status, next_attempt);
CREATE INDEX ix_incident_page_id ON incident (page_id);
CREATE UNIQUE INDEX uq_incident_open ON incident (page_id, kind) WHERE closed_at IS NULL;
CREATE INDEX ix_record_version_page_id_kind_key_since_version ON record_version (page_id, kind, "key", since_version);
CREATE INDEX ix_record_version_page_id_until_version ON record_version (page_id, until_version);
CREATE UNIQUE INDEX uq_record_version_current ON record_version (page_id, kind, "key") WHERE until_version IS NULL;
CREATE INDEX ix_snapshot_body_id ON snapshot (body_id);
CREATE INDEX ix_snapshot_page_id ON snapshot (page_id);
CREATE INDEX ix_change_detected_at ON change (detected_at);
CREATE INDEX ix_change_page_id_detected_at ON change (page_id, detected_at);
CREATE INDEX ix_change_page_id_kind_key ON change (page_id, kind, "key");
CREATE INDEX ix_check_run_page_id_at ON check_run (page_id, at);
CREATE INDEX ix_check_run_snapshot_id ON check_run (snapshot_id);
CREATE UNIQUE INDEX ix_version_page_id_number ON version (page_id, number);
CREATE INDEX ix_version_snapshot_id ON version (snapshot_id);
CREATE INDEX ix_delivery_change_change_id ON delivery_change (change_id);
COMMIT;
