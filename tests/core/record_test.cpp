#include "core/record.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/document_kind.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

Day on(int y, unsigned m, unsigned d) {
  return Day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

PageRecord page(int number, PageOutcome outcome) {
  PageRecord made;
  made.number = number;
  made.original = "00" + std::to_string(number) + ".jpg";
  made.originalPage = 1;
  made.width = 2480;
  made.height = 3508;
  made.xDpi = 300;
  made.yDpi = 299.5;
  made.rotation = 90;
  made.skewDegrees = 0.1;  // no exact double: written so that it reads back the same
  made.outcome = outcome;
  made.flags = {"blank", "rotated"};
  made.inkShare = 1.0 / 3;
  made.confidence = 0.9371;
  made.words = 120;
  made.suspectWords = 3;
  return made;
}

/// Every member differs from its default, so that one left out of the JSON is noticed.
DossierRecord sample() {
  DossierRecord record;
  record.code = "000.00.12.H46-210910-0001";
  record.batch = "2021-09-10";
  record.registered = RegisterRow{"000.00.12.H46-210910-0001",
                                  "1.004199",
                                  "Cấp \"giấy\" phép",
                                  "Chi cục Môi trường",
                                  on(2021, 9, 1),
                                  on(2021, 9, 9),
                                  "paper",
                                  "Nguyễn Thị Ánh",
                                  "1234/QĐ-STNMT",
                                  on(2021, 9, 8),
                                  "show_only"};
  record.originals = {{"001.jpg", 123456, sha512("one"), 1},
                      {"quét 2.tif", 5000000000, sha512("two"), 7}};
  DocumentRecord document;
  document.code = record.code + "-KQ1";
  document.file = "documents/" + document.code + ".pdf";
  document.title = "Quyết định 1234/QĐ-STNMT";
  document.origin = DocumentOrigin::asReceived;
  document.sha512 = sha512("pdf");
  document.bytes = 654321;
  document.pages = {page(1, PageOutcome::recognised), page(2, PageOutcome::flagged)};
  document.signature = SignatureRecord{"CN=Sở TNMT", "CN=CA", "0a1b", "PAdES B-B",
                                       *parseIsoTime("2021-09-10T07:30:20Z")};
  document.verdict = "TOTAL-PASSED";
  document.fields = {{"date", {"2021-09-08", "text"}}, {"number", {"1234/QĐ-STNMT", "register"}}};
  record.documents = {document};
  record.counted = true;
  record.notCountedReason = "page.unread";
  record.decision = ReviewDecision{"Lê Văn B",
                                   "đọc được bằng mắt",
                                   {"page.doubtful", "page.unread"},
                                   *parseIsoTime("2021-09-10T08:00:00Z")};
  record.provenance = {"0.1.0", "5.3.0", "1.82.0", "vie", "abcd", "x86-64"};
  record.receivedAt = *parseIsoTime("2021-09-10T01:02:03Z");
  record.filedAt = *parseIsoTime("2021-09-10T04:05:06Z");
  return record;
}

TEST(DossierRecord, HasTheSameBytesAfterARoundTrip) {
  DossierRecord bare;
  bare.code = "H46-210910-0001";
  for (const DossierRecord& record : {sample(), bare}) {
    const std::string json = toJson(record);
    EXPECT_EQ(toJson(recordFromJson(json)), json);
  }
}

TEST(DossierRecord, SaysOfWhatKindADocumentIsUnlessItIsAResult) {
  DossierRecord record = sample();
  EXPECT_EQ(toJson(record).find("\"kind\""), std::string::npos) << "as it was ever written";
  record.documents[0].code = record.code + "-TP1";
  EXPECT_NE(toJson(record).find("\"kind\": \"component\""), std::string::npos);
  EXPECT_EQ(recordFromJson(toJson(record)).documents[0].code, record.code + "-TP1");
}

TEST(DocumentKind, StandsInTheCode) {
  EXPECT_EQ(documentKindOfCode("H46-210910-0001-KQ12"), DocumentKind::result);
  EXPECT_EQ(documentKindOfCode("H46-210910-0001-XL1"), DocumentKind::processing);
  EXPECT_EQ(documentKindOfCode("H46-210910-0001-TP2"), DocumentKind::component);
  EXPECT_EQ(documentKindOfCode("H46-210910-0001"), DocumentKind::result);
  for (const DocumentKind kind :
       {DocumentKind::result, DocumentKind::processing, DocumentKind::component}) {
    EXPECT_EQ(documentKindFrom(nameOf(kind)), kind);
    EXPECT_EQ(documentKindOfMark(markOf(kind)), kind);
  }
  EXPECT_FALSE(documentKindFrom("attachment"));
}

TEST(DossierRecord, ReturnsFromJsonWithEveryMember) {
  const DossierRecord given = sample(), back = recordFromJson(toJson(sample()));
  EXPECT_EQ(back.code, given.code);
  EXPECT_EQ(back.batch, given.batch);
  EXPECT_EQ(back.registered, given.registered);
  EXPECT_EQ(back.originals, given.originals);
  EXPECT_EQ(back.counted, given.counted);
  EXPECT_EQ(back.notCountedReason, given.notCountedReason);
  EXPECT_EQ(back.receivedAt, given.receivedAt);
  EXPECT_EQ(back.filedAt, given.filedAt);
  ASSERT_TRUE(back.decision);
  EXPECT_EQ(back.decision->person, given.decision->person);
  EXPECT_EQ(back.decision->reason, given.decision->reason);
  EXPECT_EQ(back.decision->causes, given.decision->causes);
  EXPECT_EQ(back.decision->at, given.decision->at);
  EXPECT_EQ(back.provenance.sohoa, given.provenance.sohoa);
  EXPECT_EQ(back.provenance.tesseract, given.provenance.tesseract);
  EXPECT_EQ(back.provenance.leptonica, given.provenance.leptonica);
  EXPECT_EQ(back.provenance.model, given.provenance.model);
  EXPECT_EQ(back.provenance.modelSha256, given.provenance.modelSha256);
  EXPECT_EQ(back.provenance.cpu, given.provenance.cpu);
  ASSERT_EQ(back.documents.size(), 1U);
  const DocumentRecord& found = back.documents[0];
  const DocumentRecord& made = given.documents[0];
  EXPECT_EQ(found.code, made.code);
  EXPECT_EQ(found.file, made.file);
  EXPECT_EQ(found.title, made.title);
  EXPECT_EQ(found.origin, made.origin);
  EXPECT_EQ(found.sha512, made.sha512);
  EXPECT_EQ(found.bytes, made.bytes);
  EXPECT_EQ(found.verdict, made.verdict);
  EXPECT_EQ(found.fields, made.fields);
  ASSERT_TRUE(found.signature);
  EXPECT_EQ(found.signature->signer, made.signature->signer);
  EXPECT_EQ(found.signature->issuer, made.signature->issuer);
  EXPECT_EQ(found.signature->serial, made.signature->serial);
  EXPECT_EQ(found.signature->level, made.signature->level);
  EXPECT_EQ(found.signature->claimedAt, made.signature->claimedAt);
  ASSERT_EQ(found.pages.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(found.pages[i].number, made.pages[i].number);
    EXPECT_EQ(found.pages[i].original, made.pages[i].original);
    EXPECT_EQ(found.pages[i].originalPage, made.pages[i].originalPage);
    EXPECT_EQ(found.pages[i].width, made.pages[i].width);
    EXPECT_EQ(found.pages[i].height, made.pages[i].height);
    EXPECT_EQ(found.pages[i].xDpi, made.pages[i].xDpi);
    EXPECT_EQ(found.pages[i].yDpi, made.pages[i].yDpi);
    EXPECT_EQ(found.pages[i].rotation, made.pages[i].rotation);
    EXPECT_EQ(found.pages[i].skewDegrees, made.pages[i].skewDegrees) << "to the last bit";
    EXPECT_EQ(found.pages[i].outcome, made.pages[i].outcome);
    EXPECT_EQ(found.pages[i].flags, made.pages[i].flags);
    EXPECT_EQ(found.pages[i].inkShare, made.pages[i].inkShare) << "to the last bit";
    EXPECT_EQ(found.pages[i].confidence, made.pages[i].confidence);
    EXPECT_EQ(found.pages[i].words, made.pages[i].words);
    EXPECT_EQ(found.pages[i].suspectWords, made.pages[i].suspectWords);
  }
}

TEST(DossierRecord, IsReadableUtf8WithSortedKeys) {
  const std::string json = toJson(sample());
  EXPECT_NE(json.find("Nguyễn Thị Ánh"), std::string::npos) << "a person can read it";
  EXPECT_EQ(json.find("\\u"), std::string::npos);
  EXPECT_EQ(json.back(), '\n');
  const auto batch = json.find("\n  \"batch\""), code = json.find("\n  \"code\""),
             filed = json.find("\n  \"filed_at\""), register_ = json.find("\n  \"register\"");
  ASSERT_NE(batch, std::string::npos);
  EXPECT_TRUE(batch < code && code < filed && filed < register_);
}

/// What the sample's JSON becomes when the first `from` is replaced; fails when there is none.
std::string damaged(const std::string& from, const std::string& to) {
  std::string json = toJson(sample());
  const auto at = json.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) json.replace(at, from.size(), to);
  return json;
}

TEST(DossierRecord, IsNotReadFromDamage) {
  EXPECT_THROW(recordFromJson(""), std::runtime_error);
  EXPECT_THROW(recordFromJson("{}"), std::runtime_error);
  EXPECT_THROW(recordFromJson("[1]"), std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged("\"format\": 1", "\"format\": 2")), std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged("2021-09-10T01:02:03Z", "2021-09-10")), std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged("2021-09-09", "2021-02-30")), std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged("\"recognised\"", "\"guessed\"")), std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged("\"as_received\"", "\"found\"")), std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged(sha512("pdf").hex(), sha512("pdf").hex().substr(1))),
               std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged("\"bytes\": 123456", "\"bytes\": \"123456\"")),
               std::runtime_error);
  EXPECT_THROW(recordFromJson(damaged("Lê", "L\xff")), std::runtime_error) << "not UTF-8";
}

TEST(DossierRecord, KeepsWhereAFieldStandsAndWhoKeyedItIn) {
  DossierRecord record = sample();
  DocumentField field;
  field.value = "12/QĐ-STNMT";
  field.source = kKeyed;
  field.text = "Số: /QĐ-STNMT";
  field.page = 2;
  field.box = {1, 2, 3, 4};
  field.confidence = 0.875;
  field.suspect = field.byHand = true;
  field.person = "Lan";
  field.reason = "đối chiếu bản giấy";
  record.documents[0].fields["number"] = field;
  record.documents[0].attachments = {{3, 4, {{"signer", field}}}};
  const DossierRecord back = recordFromJson(toJson(record));
  EXPECT_EQ(back.documents[0].fields, record.documents[0].fields);
  EXPECT_EQ(back.documents[0].attachments, record.documents[0].attachments);
}

TEST(DossierRecord, IsNotReadFromAPrefixOfItsJson) {
  const std::string json = toJson(sample());
  for (std::size_t length = 0; length + 2 <= json.size(); length += 13) {
    EXPECT_THROW(recordFromJson(json.substr(0, length)), std::runtime_error) << length;
  }
}

TEST(DossierRecord, IsNotReadWithAMemberMissing) {
  const std::string json = toJson(sample());
  std::size_t members = 0;
  for (auto at = json.find("\": "); at != std::string::npos; at = json.find("\": ", at + 1)) {
    const auto start = json.rfind('"', at - 1) + 1;
    const std::string name = json.substr(start, at - start);
    if (name == "number" || name == "date") {
      const auto line = json.rfind('\n', start);
      if (json.compare(line, 9, "\n        ") == 0 && json[at + 3] == '{')
        continue;  // a field: any
    }
    std::string renamed = json;
    renamed[start] = '?';
    EXPECT_THROW(recordFromJson(renamed), std::runtime_error) << name;
    ++members;
  }
  EXPECT_GT(members, 60U);
}

TEST(ContentFingerprint, IsTheSha512OfTheSortedLinesAsDocumented) {
  const test::TemporaryFolder folder;
  const std::vector<OriginalFile> originals = {{"b.jpg", 3, sha512("two"), 1},
                                               {"a.jpg", 3, sha512("one"), 1}};
  test::spill(folder / "lines", std::string("a.jpg") + '\0' + sha512("one").hex() + "\nb.jpg" +
                                    '\0' + sha512("two").hex() + "\n");
  const auto judged = test::runCommand({"sha512sum", folder / "lines"});
  ASSERT_TRUE(judged.ok()) << judged.describe();
  EXPECT_EQ(contentFingerprint(originals).hex(), judged.out.substr(0, 128));
}

TEST(ContentFingerprint, DependsOnNamesAndBytesOnly) {
  const std::vector<OriginalFile> originals = {{"a.jpg", 3, sha512("one"), 1},
                                               {"b.jpg", 3, sha512("two"), 1}};
  std::vector<OriginalFile> changed = originals;
  std::reverse(changed.begin(), changed.end());
  changed[0].pages = 5;
  EXPECT_EQ(contentFingerprint(changed), contentFingerprint(originals));
  changed = originals;
  changed[1].name = "c.jpg";
  EXPECT_NE(contentFingerprint(changed), contentFingerprint(originals));
  changed = originals;
  std::swap(changed[0].sha512, changed[1].sha512);
  EXPECT_NE(contentFingerprint(changed), contentFingerprint(originals));
  changed = originals;
  changed.pop_back();
  EXPECT_NE(contentFingerprint(changed), contentFingerprint(originals));
}

}  // namespace
}  // namespace sohoa
