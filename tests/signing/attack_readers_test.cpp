#include <fmt/format.h>

#include <map>

#include "signing/base/openssl_handles.h"
#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

std::string stream(const std::string& data, const std::string& keys = "") {
  return fmt::format("<<{} /Length {}>>\nstream\n", keys, data.size()) + data + "\nendstream";
}
std::string form(const std::string& data, const std::string& keys = "") {
  return stream(data, "/Type /XObject /Subtype /Form /BBox [0 0 100 100] " + keys);
}
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("no " + from + " in " + text);
  return text.replace(at, from.size(), to);
}

/// An update with a cross-reference stream; `inside` are kept in the object stream `container`.
std::string updatedInStream(const std::string& bytes, int container, const Objects& inside,
                            const Objects& plain = {}, int size = 300) {
  std::string out = bytes;
  const std::size_t start = bytes.rfind("startxref") + 10;
  const std::string previous = bytes.substr(start, bytes.find('\n', start) - start);
  std::map<int, std::string> rows;
  const auto row = [](int kind, std::size_t place, std::size_t index) {
    std::string text(1, static_cast<char>(kind));
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(place >> shift & 255);
    return text + static_cast<char>(index);
  };
  std::string header, body;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    header += fmt::format("{} {} ", inside[i].first, body.size());
    body += inside[i].second + " ";
    rows[inside[i].first] = row(2, static_cast<std::size_t>(container), i);
  }
  Objects all = plain;
  if (!inside.empty()) {
    all.emplace_back(container, stream(header + body, fmt::format("/Type /ObjStm /N {} /First {}",
                                                                  inside.size(), header.size())));
  }
  for (const auto& [number, text] : all) {
    rows[number] = row(1, out.size(), 0);
    out += fmt::format("{} 0 obj\n{}\nendobj\n", number, text);
  }
  const std::size_t at = out.size();
  std::string index, data;
  for (const auto& [number, text] : rows) {
    index += fmt::format("{} 1 ", number);
    data += text;
  }
  return out + "290 0 obj\n" +
         stream(data,
                fmt::format("/Type /XRef /W [1 4 1] /Index [{}] /Size {} /Root 1 0 R /Prev {} "
                            "/ID [<00112233445566778899AABBCCDDEEFF> <00>]",
                            index, size, previous)) +
         fmt::format("\nendobj\nstartxref\n{}\n%%EOF\n", at);
}

/// What one reader sees in a file and another does not, and what letters, lines, masks and
/// timestamps can hide.
class AttackReaders : public AttackTest {
 protected:
  void expectVerdict(const std::string& name, const std::string& bytes, const char* verdict) const {
    const VerificationReport report = verifyBytes(bytes);
    EXPECT_EQ(verdictOf(report), verdict) << name << "\n" << describe(report, Language::en);
  }
  /// A page, and a text field of the form before anybody signs; `rect` of the field.
  std::string withField(const std::string& rect, const std::string& keys = "",
                        const std::string& page = "/Annots [70 0 R]") const {
    PlainPdf plain;
    plain.page = "/MediaBox [0 0 595 842] " + page;
    return updated(
        plain.bytes(),
        {{1, "<</Type /Catalog /Pages 2 0 R /AcroForm 74 0 R>>"},
         {70, fmt::format("<</FT /Tx /T (amount) /Type /Annot /Subtype /Widget /F 4 /Rect "
                          "{} {}>>",
                          rect, keys)},
         {74, "<</Fields [70 0 R]>>"}});
  }
  std::string filled(const std::string& bytes, const std::string& painted,
                     const std::string& formKeys = "", const Objects& more = {}) const {
    const std::string field = bodyOf(bytes, 70);
    Objects objects = more;
    objects.emplace_back(70, field.substr(0, field.rfind(">>")) + " /V (900) /AP <</N 150 0 R>>>>");
    objects.emplace_back(150, form(painted, formKeys));
    return updated(bytes, objects);
  }
};

TEST_F(AttackReaders, ObjectStreamsThatAreExchanged) {
  // The page's content, catalogue and fonts lie in an object stream; the update replaces the stream
  // and leaves their own entries alone.
  const Objects inside = {{60, "<</Type /Font /Subtype /Type1 /BaseFont /Courier>>"},
                          {61, "[0 0 595 842]"},
                          {62, "(said)"}};
  PlainPdf plain;
  plain.page = "/MediaBox 61 0 R /Old 62 0 R /Fonts 60 0 R";
  const std::string before = updatedInStream(plain.bytes(), 63, inside);
  good_ = slurp(signedFile(before, invisible(), "inside.pdf"));
  expectVerdict("as signed", good_, "valid");
  Objects changed = inside;
  std::vector<std::pair<std::string, std::string>> attacks;
  const auto add = [&](const std::string& name, const std::string& bytes) {
    attacks.emplace_back(name, bytes);
  };
  const auto container = [&](const Objects& objects) {
    std::string header, body;
    for (const auto& [number, text] : objects) {
      header += fmt::format("{} {} ", number, body.size());
      body += text + " ";
    }
    return stream(header + body,
                  fmt::format("/Type /ObjStm /N {} /First {}", objects.size(), header.size()));
  };
  changed[1].second = "[0 0 10 10]";
  add("a page box", updatedInStream(good_, 0, {}, {{63, container(changed)}}));
  add("in a table", updated(good_, {{63, container(changed)}}, "/Root 1 0 R /Size 300"));
  changed = inside;
  changed[0].second = "<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>";
  add("a font", updatedInStream(good_, 0, {}, {{63, container(changed)}}));
  changed = inside;
  changed[2].second = "(other)";
  add("a string", updatedInStream(good_, 0, {}, {{63, container(changed)}}));
  std::swap(changed[0], changed[1]);
  add("another order", updatedInStream(good_, 0, {}, {{63, container(changed)}}));
  add("emptied", updatedInStream(good_, 0, {}, {{63, container({})}}));
  add("no stream", updatedInStream(good_, 0, {}, {{63, "<<>>"}}));
  add("freed", updated(good_, {{63, ""}}));
  changed = inside;
  changed[1].second = "[0 0 10 10]";
  add("a newer copy", updatedInStream(good_, 64, changed));
  add("the same again, elsewhere", updatedInStream(good_, 64, {{61, "[0 0 1 1]"}}));
  expectNoneValid(attacks);
}

TEST_F(AttackReaders, ObjectStreamsThatHoldAnObjectTwice) {
  // By index it is the one, by number the other.
  PlainPdf plain;
  plain.page = "/MediaBox 61 0 R";
  const std::string before =
      updatedInStream(plain.bytes(), 63, {{61, "[0 0 595 842]"}, {61, "[0 0 10 10]"}});
  EXPECT_FALSE(signPdf(file("twice.pdf", before), folder_ / "out.pdf", key(), visible()));
  good_ = handSigned(before, {}, key());
  expectVerdict("continued", handSigned(good_, {.field = "Second"}, key()), "invalid");
}

TEST_F(AttackReaders, TheObjectThatIsNeverThere) {
  // Number 0 is free for ever; what if an update says otherwise?
  const std::string page = bodyOf(PlainPdf{}.bytes(), 3);
  const std::string before =
      updated(PlainPdf{}.bytes(), {{3, page.substr(0, page.rfind(">>")) + " /Annots [0 0 R]>>"}});
  good_ = handSigned(before, {}, key());
  expectVerdict("as signed", good_, "valid");
  expectVerdict("there after all",
                updated(good_, {{0, "<</Type /Annot /Subtype /Stamp /Rect [0 0 595 842]>>"}}),
                "invalid");
  expectVerdict("free again", updated(good_, {{0, ""}}), "valid");
}

TEST_F(AttackReaders, WhatAPageIsForOneReaderOnly) {
  const std::string evil = "1 g 0 0 100 100 re f";
  std::vector<std::pair<std::string, std::string>> attacks;
  const auto prepared = [&](const std::string& name, const Objects& objects) {
    const std::string bytes = handSigned(updated(withField("[40 40 200 80]"), objects), {}, key());
    EXPECT_EQ(verdictOf(verifyBytes(bytes)), "valid") << name;
    attacks.emplace_back(name, filled(bytes, evil));
  };
  const std::string page = bodyOf(withField("[40 40 200 80]"), 3);
  prepared("a page with kids", {{3, replaced(page, "/Type /Page", "/Type /Page /Kids []")}});
  Objects deep;
  for (int i = 0; i < 70; ++i) {
    deep.emplace_back(
        80 + i, fmt::format("<</Type /Pages /Count 1 /Kids [{} 0 R] {}>>", i == 69 ? 3 : 81 + i,
                            i == 0 ? "/Parent 2 0 R" : fmt::format("/Parent {} 0 R", 79 + i)));
  }
  deep.emplace_back(2, "<</Type /Pages /Kids [80 0 R] /Count 1>>");
  deep.emplace_back(3, replaced(page, "/Parent 2", "/Parent 149"));
  prepared("a page deep in the tree", deep);
  prepared("on two pages",
           {{2, "<</Type /Pages /Kids [3 0 R 79 0 R] /Count 2>>"},
            {79, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [70 0 R]>>"}});
  for (const auto& [name, bytes] : attacks) expectVerdict(name, bytes, "invalid");
}

TEST_F(AttackReaders, WhatPaintsOverLetters) {
  // "Hello World" stands at 50, 50 in 18 points, under a small field that waits to be filled in.
  good_ = slurp(signedFile(withField("[40 40 200 80]"), invisible()));
  expectVerdict("as signed", good_, "valid");
  const std::string mask = stream(std::string(100, '\xff'),
                                  "/Type /XObject /Subtype /Image /Width 10 /Height 10 "
                                  "/ColorSpace /DeviceGray /BitsPerComponent 8");
  const std::string image = replaced(mask, "/Width", "/SMask 161 0 R /Width");
  const std::string stencil = stream(std::string(20, '\0'),
                                     "/Type /XObject /Subtype /Image /ImageMask true /Width 10 "
                                     "/Height 10 /BitsPerComponent 1");
  const std::string drawn = "/Resources <</XObject <</I 160 0 R>>>>";
  const std::string type3 =
      "/Resources <</Font <</T <</Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 "
      "0 1 "
      "0 0] /Encoding <</Differences [97 /a]>> /CharProcs <</a 160 0 R>> /FirstChar 97 /LastChar "
      "97 "
      "/Widths [1]>>>>>>";
  std::string saves;
  for (int i = 0; i < 300; ++i) saves += "q ";
  std::string restores;
  for (int i = 0; i < 300; ++i) restores += "Q ";
  std::vector<std::pair<std::string, std::string>> attacks = {
      {"a filled ground", filled(good_, "1 g 0 0 100 100 re f")},
      {"a thick line", filled(good_, "1 G 80 w 0 50 m 100 50 l S")},
      {"thick lines around", filled(good_, "1 G 40 w 10 10 80 80 re S")},
      {"a thick line by its state",
       filled(good_, "1 G /W gs 0 50 m 100 50 l S", "/Resources <</ExtGState <</W <</LW 80>>>>>>")},
      {"letters in the colour of paper", filled(good_, "BT 1 g /F 90 Tf 0 0 Td (MMMM) Tj ET")},
      {"letters in a pattern", filled(good_, "BT /Pattern cs /P scn /F 90 Tf (MMMM) Tj ET")},
      {"letters in a tint",
       filled(good_, "BT /Spot cs 0 scn /F 90 Tf (MMMM) Tj ET",
              "/Resources <</ColorSpace <</Spot [/Separation /Paper /DeviceGray "
              "<<>>]>>>>")},
      {"outlined letters", filled(good_, "BT 2 Tr 30 w /F 90 Tf (MMMM) Tj ET")},
      {"letters that are drawings",
       filled(good_, "BT /T 100 Tf (a) Tj ET", type3, {{160, stream("1 0 d0 0 0 1 1 re f")}})},
      {"an image", filled(good_, "100 0 0 100 0 0 cm /I Do", drawn, {{160, mask}})},
      {"an image with a mask that lets nothing through",
       filled(good_, "100 0 0 100 0 0 cm /I Do", drawn, {{160, image}, {161, mask}})},
      {"a stencil that paints all",
       filled(good_, "1 g 100 0 0 100 0 0 cm /I Do", drawn, {{160, stencil}})},
      {"an image without a readable mask",
       filled(good_, "100 0 0 100 0 0 cm /I Do", drawn,
              {{160, image}, {161, replaced(mask, "/Width", "/Filter /DCTDecode /Width")}})},
      {"states saved without end",
       filled(good_, saves + "1 0 0 1 5000 5000 cm " + restores + "1 g 0 0 100 100 re f")},
      {"a form that restores too much",
       filled(good_, "1 0 0 1 0 0 cm q 1 0 0 1 5000 0 cm /I Do 1 g -5000 0 100 100 re f Q", drawn,
              {{160, form("Q Q Q")}})},
      {"a key twice in the appearance",
       replaced(filled(good_, "BT (x) Tj ET"), "/V (900) /AP <</N 150 0 R>>",
                "/V(9)/AP<</N 150 0 R/N 3>> ")},
      {"a form without a box", replaced(filled(good_, "1 g 0 0 100 100 re f"),
                                        "/BBox [0 0 100 100] ", "/Bbox [0 0 100 100] ")},
  };
  for (const auto& [name, bytes] : attacks) expectVerdict(name, bytes, "invalid");
  // What an honest program writes into such a field.
  expectVerdict("letters", filled(good_, "/Tx BMC q BT 0 g /F 12 Tf 2 4 Td (900) Tj ET Q EMC"),
                "valid");
  expectVerdict("a thin frame",
                filled(good_, "0 G 1 w 0.5 0.5 99 99 re s BT 0 g /F 12 Tf (9) Tj ET"), "valid");
  const std::string clear =
      replaced(mask, std::string(100, '\xff'), std::string(20, '\xff') + std::string(80, '\0'));
  expectVerdict("a seal",
                filled(good_, "100 0 0 100 0 0 cm /I Do", drawn, {{160, image}, {161, clear}}),
                "valid");
}

TEST_F(AttackReaders, ViewersThatStopDrawingFieldsThemselves) {
  // While the viewer draws the field it shows 100; the looks that lie ready say 900.
  std::string before = withField("[300 300 400 340]", "/V (100) /AP <</N 71 0 R>>");
  before = updated(
      before, {{71, form("BT (900) Tj ET")}, {74, "<</Fields [70 0 R] /NeedAppearances true>>"}});
  good_ = slurp(signedFile(before, invisible()));
  expectVerdict("as signed", good_, "valid");
  const std::string off = replaced(bodyOf(good_, 74), "/NeedAppearances true", "");
  expectVerdict("off", updated(good_, {{74, off}}), "invalid");
  expectVerdict("false", updated(good_, {{74, replaced(bodyOf(good_, 74), "true", "false")}}),
                "invalid");
}

TEST_F(AttackReaders, KeysThatAreGivenTwice) {
  const int number = std::stoi(bodyOf(good_, 1).substr(bodyOf(good_, 1).find("/AcroForm ") + 10));
  const std::string fields = bodyOf(good_, number), page = bodyOf(good_, 3);
  const std::string catalog = bodyOf(good_, 1);
  for (const auto& [name, objects] : std::vector<std::pair<std::string, Objects>>{
           {"fields", {{number, replaced(fields, "/Fields", "/Fields [] /Fields")}}},
           {"resources of the form",
            {{number, replaced(fields, "/Fields", "/DR <<>> /DR <</Font <<>>>> /Fields")}}},
           {"inside the catalogue",
            {{1, replaced(catalog, "/Type", "/Extensions <</A <<>> /A 1>> /Type")}}},
           {"inside a new store",
            {{1, replaced(catalog, "/Type", "/DSS <</Certs [] /Certs 1>> /Type")}}},
           {"annotations", {{3, replaced(page, "/Annots", "/Annots [] /Annots")}}}}) {
    expectVerdict(name, updated(good_, objects), "invalid");
  }
  // With one value there is one reading.
  expectVerdict(
      "the same value twice",
      updated(good_, {{1, replaced(catalog, "/Type", "/DSS <</Certs [] /Certs []>> /Type")}}),
      "valid");
}

TEST_F(AttackReaders, CrossReferencesOfTwoMinds) {
  // A hybrid section whose table and stream lead to different objects.
  std::string bytes = good_;
  const std::size_t evil = bytes.size();
  bytes += "4 0 obj\n" + stream("BT (Changed) Tj ET") + "\nendobj\n";
  const std::size_t at = bytes.size();
  std::string row("\1", 1);
  for (int shift = 24; shift >= 0; shift -= 8) row += static_cast<char>(evil >> shift & 255);
  row += '\0';
  bytes += "195 0 obj\n" +
           stream(row, "/Type /XRef /W [1 4 1] /Index [4 1] /Size 200 /Root 1 0 R") + "\nendobj\n";
  const std::size_t start = good_.rfind("startxref") + 10;
  const std::string previous = good_.substr(start, good_.find('\n', start) - start);
  const std::size_t old = good_.find("\n4 0 obj") + 1;
  const std::string tail = fmt::format(
      "trailer\n<</Size 200 /Prev {} /XRefStm {} /Root 1 0 R /ID "
      "[<00112233445566778899AABBCCDDEEFF> "
      "<00>]>>\nstartxref\n",
      previous, at);
  const std::size_t table = bytes.size();
  for (const std::string& rows :
       {fmt::format("xref\n4 1\n{:010} 00000 n \n", old),
        std::string("xref\n4 1\n0000000000 00001 f \n"), std::string("xref\n0 0\n")}) {
    const std::string whole = bytes + rows + tail + fmt::format("{}\n%%EOF\n", table);
    EXPECT_NE(verdictOf(verifyBytes(whole)), "valid") << rows;
  }
}

TEST_F(AttackReaders, DataThatGoesOnBehindItsLength) {
  // Behind /Length stands a comment for the one reader, more content for the other.
  PlainPdf plain;
  const std::string bytes =
      updated(plain.bytes(), {{4, "<</Length 5>>\nstream\nBT ET%\n(evil) Tj %\nendstream"}});
  good_ = handSigned(bytes, {}, key());
  expectVerdict("continued", handSigned(good_, {.field = "Second"}, key()), "invalid");
}

/// Timestamps by anybody must not show or mean anything.
class AttackStamps : public AttackTest {
 protected:
  /// A document timestamp by that authority.
  std::string stamped(const std::string& bytes, const TestTsa& tsa, HandSignature wish) const {
    wish.format = "ETSI.RFC3161";
    wish.field = "Stamp";
    return handSigned(bytes, wish, [&](const std::string& text) {
      return tsa.token(EVP_sha256(), digestOf(EVP_sha256(), text));
    });
  }
  std::string verdict(const std::string& bytes) const {
    return std::string(verdictOf(verifyBytes(bytes)));
  }
  TestServices strange_;  ///< an authority that the site does not trust
};

TEST_F(AttackStamps, AStrangersTimestampWeakensNothingButMayNotBeSeen) {
  HandSignature unseen;
  EXPECT_EQ(verdict(stamped(good_, strange_.tsa(), unseen)), "valid");
  for (const char* painted : {"BT (PAID 900) Tj ET", "1 g 0 0 100 100 re f", "0 0 m 9 9 l S"}) {
    HandSignature seen;
    seen.rect = "[300 300 400 340]";
    seen.appearance = painted;
    EXPECT_EQ(verdict(stamped(good_, strange_.tsa(), seen)), "invalid") << painted;
  }
  HandSignature border;
  border.rect = "[300 300 400 340]";
  border.widgetKeys = "/MK <</BG [1 1 1]>>";
  EXPECT_EQ(verdict(stamped(good_, strange_.tsa(), border)), "invalid");
}

TEST_F(AttackStamps, ASignatureThatCallsItselfATimestampIsASignature) {
  // Signed with a key that the site does not trust, under a name that would excuse it.
  HandSignature wish;
  wish.rect = "[300 300 400 340]";
  wish.appearance = "BT (PAID 900) Tj ET";
  EXPECT_EQ(verdict(handSigned(good_, wish, strange_.key())), "indeterminate");
  wish.type = "DocTimeStamp";
  for (const char* format : {"ETSI.CAdES.detached", "adbe.pkcs7.detached"}) {
    wish.format = format;
    EXPECT_EQ(verdict(handSigned(good_, wish, strange_.key())), "indeterminate") << format;
  }
}

TEST_F(AttackStamps, ADocumentWithTimestampsAloneIsNotValid) {
  TestServices known;
  const std::string bytes = stamped(PlainPdf{}.bytes(), known.tsa(), {});
  VerificationOptions options;
  options.at = options.now = SystemClock().now() + std::chrono::minutes{1};
  options.revocation = VerificationOptions::Revocation::available;
  const VerificationReport report = sohoa::verifyBytes(bytes, known.anchors(), options);
  ASSERT_EQ(report.signatures.size(), 1u);
  EXPECT_EQ(report.signatures[0].indication, Indication::totalPassed)
      << describe(report, Language::en);
  EXPECT_EQ(verdictOf(report), "indeterminate") << "nobody answers for the document";
  EXPECT_NE(describe(report, Language::vi).find("dấu thời gian"), std::string::npos);
}

}  // namespace
}  // namespace sohoa::test
