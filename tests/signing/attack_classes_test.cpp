#include <fmt/format.h>

#include "tests/signing/attack_kit.h"

namespace sohoa::test {
namespace {

using Attacks = std::vector<std::pair<std::string, std::string>>;

std::string stream(const std::string& data, const std::string& keys = "") {
  return fmt::format("<<{} /Length {}>>\nstream\n{}\nendstream", keys, data.size(), data);
}
std::string form(const std::string& data) {
  return stream(data, "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<>>");
}
constexpr char kWhitePage[] = "1 g 0 0 595 842 re f";

/// Every class of the literature with at least ten variants each, made from freshly signed files.
class AttackClasses : public AttackTest {
 protected:
  std::string page(const std::string& keys) const {
    std::string body = bodyOf(good_, 3);
    return body.substr(0, body.rfind(">>")) + " " + keys + ">>";
  }
  std::string catalog(const std::string& keys) const {
    std::string body = bodyOf(good_, 1);
    return body.substr(0, body.rfind(">>")) + " " + keys + ">>";
  }
  std::string withAnnotation(const std::string& item) const {
    std::string body = bodyOf(good_, 3);
    body.insert(body.find(']', body.find("/Annots [")), " " + item);
    return body;
  }
};

TEST_F(AttackClasses, IncrementalSaving) {
  Attacks attacks = {
      {"content", updated(good_, {{4, stream("BT (Changed) Tj ET")}})},
      {"content freed", updated(good_, {{4, ""}})},
      {"page turned", updated(good_, {{3, page("/Rotate 180")}})},
      {"page box", updated(good_, {{3, page("/CropBox [0 0 10 10]")}})},
      {"page scale", updated(good_, {{3, page("/UserUnit 9")}})},
      {"page gone", updated(good_, {{3, ""}})},
      {"pages doubled", updated(good_, {{2, "<</Type /Pages /Kids [3 0 R 3 0 R] /Count 2>>"}})},
      {"no pages", updated(good_, {{2, "<</Type /Pages /Kids [] /Count 0>>"}})},
      {"form removed", updated(good_, {{1, "<</Type /Catalog /Pages 2 0 R>>"}})},
      {"script", updated(good_, {{1, catalog("/OpenAction <</S /JavaScript /JS (x)>>")}})},
      {"actions", updated(good_, {{1, catalog("/AA <</WC <</S /JavaScript /JS (x)>>>>")}})},
      {"names", updated(good_, {{1, catalog("/Names <</JavaScript <</Names []>>>>")}})},
      {"layers", updated(good_, {{1, catalog("/OCProperties <</OCGs []>>")}})},
      {"outline", updated(good_, {{1, catalog("/Outlines 50 0 R")}, {50, "<</Count 0>>"}})},
      {"taken back",
       updated(updated(good_, {{4, stream("BT (Changed) Tj ET")}}), {{4, bodyOf(good_, 4)}})},
  };
  for (const char* more :
       {"9 0 obj\n<<>>\nendobj\n", "xref\n0 0\ntrailer\n<<>>\n", "%%EOF\n%%EOF\n"}) {
    attacks.emplace_back(std::string("without cross-reference: ") + more, good_ + more);
  }
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, SignatureWrapping) {
  Attacks attacks;
  const std::string evil = "\n4 0 obj\n<</Length 8>>\nstream\nBT ET   \nendstream\nendobj\n";
  const auto wrap = [&](std::size_t at, const std::string& hidden, std::size_t first,
                        std::size_t next) {
    std::string bytes = good_;
    bytes.insert(at, hidden);
    const std::string numbers = fmt::format("0 {} {} {}", first, next, good_.size() - raw_.gapEnd);
    const std::size_t size = raw_.rangeEnd - raw_.rangeBegin;
    bytes.replace(raw_.rangeBegin, size, numbers + std::string(size - numbers.size(), ' '));
    return bytes;
  };
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{7}, evil.size()}) {
    const std::string hidden = evil.substr(0, size);
    attacks.emplace_back(fmt::format("{} behind the hole", size),
                         wrap(raw_.gapEnd, hidden, raw_.gapBegin, raw_.gapEnd + size));
    attacks.emplace_back(fmt::format("{} before the hole", size),
                         wrap(raw_.gapBegin, hidden, raw_.gapBegin, raw_.gapEnd + size));
    attacks.emplace_back(fmt::format("{} in the middle", size),
                         wrap(raw_.gapBegin + 11, hidden, raw_.gapBegin, raw_.gapEnd + size));
  }
  // The signed end is moved to the end of the file, new cross-references lie between.
  const std::string tail = good_.substr(raw_.gapEnd);
  attacks.emplace_back("a second copy of the end", wrap(raw_.gapEnd, tail + evil, raw_.gapBegin,
                                                        raw_.gapEnd + tail.size() + evil.size()));
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, OverlappingAndGappedRanges) {
  Attacks attacks;
  const std::size_t b = raw_.gapBegin, c = raw_.gapEnd, d = good_.size() - c;
  const auto ranged = [&](std::size_t first, std::size_t next, std::size_t second) {
    const std::string numbers = fmt::format("0 {} {} {}", first, next, second);
    std::string bytes = good_;
    const std::size_t size = raw_.rangeEnd - raw_.rangeBegin;
    if (numbers.size() > size) return std::string();
    bytes.replace(raw_.rangeBegin, size, numbers + std::string(size - numbers.size(), ' '));
    attacks.emplace_back(numbers, bytes);
    return bytes;
  };
  for (const std::size_t by : {std::size_t{1}, std::size_t{2}, std::size_t{100}}) {
    ranged(b - by, c, d);
    ranged(b + by, c, d);
    ranged(b, c - by, d + by);
    ranged(b, c + by, d - by);
    ranged(b, c, d - by);
    ranged(b - by, c + by, d - by);
  }
  ranged(b, 0, good_.size());
  ranged(good_.size(), c, d);
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, OddEncodingsOfContents) {
  Attacks attacks;
  const std::string hex = good_.substr(raw_.gapBegin + 1, raw_.gapEnd - raw_.gapBegin - 2);
  const auto with = [&](const std::string& name, std::string inside) {
    std::string bytes = good_;
    inside.resize(hex.size() + 2, ' ');
    bytes.replace(raw_.gapBegin, inside.size(), inside);
    attacks.emplace_back(name, bytes);
  };
  std::string mixed = hex;
  for (std::size_t i = 0; i < 40; ++i) {
    if (mixed[i] >= 'a' && mixed[i] <= 'f') mixed[i] = static_cast<char>(mixed[i] - 32);
  }
  with("mixed letters", "<" + mixed + ">");
  with("spaces", "< " + hex.substr(0, hex.size() - 1) + ">");
  with("line end", "<\n" + hex.substr(0, hex.size() - 1) + ">");
  with("odd digits", "<" + hex.substr(0, hex.size() - 1) + ">");
  with("early end", "<" + hex.substr(0, hex.size() / 2) + ">");
  with("literal", "(" + hex.substr(0, hex.size() / 2) + ")");
  with("name", "/" + hex);
  with("number", "1");
  with("reference", "4 0 R");
  with("array", "[<" + hex.substr(0, hex.size() - 2) + ">]");
  with("null", "null");
  with("nothing", "<>");
  with("nul byte", std::string("<") + '\0' + hex.substr(0, hex.size() - 1) + ">");
  with("not hexadecimal", "<g" + hex.substr(1) + ">");
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, SeveralReadingsOfTheCrossReferences) {
  Attacks attacks;
  const std::string evil = stream("BT (Changed) Tj ET");
  const std::string honest = updated(good_, {{4, evil}});
  const std::size_t start = good_.rfind("startxref");
  const std::string own = good_.substr(start);
  attacks.emplace_back("old startxref again", honest + own);
  attacks.emplace_back("no startxref", honest.substr(0, honest.rfind("startxref")) + "%%EOF\n");
  attacks.emplace_back("startxref to the end", good_ + "startxref\n99999999\n%%EOF\n");
  attacks.emplace_back("startxref 0", good_ + "startxref\n0\n%%EOF\n");
  attacks.emplace_back("two startxref", good_ + "startxref\n1\nstartxref\n2\n%%EOF\n");
  attacks.emplace_back("hybrid", updated(good_, {{4, evil}}, "/Root 1 0 R /XRefStm 15"));
  attacks.emplace_back("prev to itself", updated(good_, {{4, evil}}, "/Root 1 0 R /Prev 12"));
  attacks.emplace_back("another root",
                       updated(good_, {{50, "<</Type /Catalog /Pages 2 0 R>>"}}, "/Root 50 0 R"));
  attacks.emplace_back("encrypted now", updated(good_, {{50, "<</Filter /Standard>>"}},
                                                "/Root 1 0 R /Encrypt 50 0 R"));
  attacks.emplace_back("another identity",
                       updated(good_, {{60, "<<>>"}}, "/Root 1 0 R /ID [<11> <22>]"));
  attacks.emplace_back("object twice in a section", updated(good_, {{4, evil}, {4, evil}}));
  attacks.emplace_back("junk before the header", "junk\n" + good_);
  attacks.emplace_back("the file twice", good_ + good_);
  std::string generation = honest;
  generation.replace(generation.rfind("00000 n"), 5, "00001");
  attacks.emplace_back("another generation", generation);
  std::string elsewhere = honest;
  elsewhere.replace(elsewhere.rfind("\n4 0 obj") + 1, 1, "5");
  attacks.emplace_back("entry leads to another object", elsewhere);
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, EvilAnnotations) {
  Attacks attacks;
  for (const char* kind :
       {"FreeText", "Stamp", "Redact", "Square", "Circle", "Highlight", "Ink", "Line", "Polygon",
        "Text", "Link", "FileAttachment", "Watermark", "Screen", "Popup", "Movie"}) {
    const std::string annotation = fmt::format(
        "<</Type /Annot /Subtype /{} /F 4 /Rect [0 0 595 842] /Contents (Changed) /AP <</N 61 0 "
        "R>>>>",
        kind);
    attacks.emplace_back(
        kind,
        updated(good_, {{3, withAnnotation("60 0 R")}, {60, annotation}, {61, form(kWhitePage)}}));
  }
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, EvilAnnotationsAfterCertification) {
  HandSignature wish;
  wish.dictionaryKeys =
      "/Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type "
      "/TransformParams /V /1.2 /P 3>>>>]";
  good_ = handSigned(PlainPdf{}.bytes(), wish, key());
  const auto certified = verifyBytes(good_);
  EXPECT_EQ(certified.signatures.at(0).kind, SignatureReport::Kind::certification);
  Attacks attacks;
  for (const char* kind : {"FreeText", "Stamp", "Redact", "Square", "Circle", "Highlight", "Ink",
                           "Line", "Polygon", "Text"}) {
    const std::string annotation = fmt::format(
        "<</Type /Annot /Subtype /{} /F 4 /Rect [0 0 300 300] /AP <</N 61 0 R>>>>", kind);
    attacks.emplace_back(
        kind,
        updated(good_, {{3, withAnnotation("60 0 R")}, {60, annotation}, {61, form(kWhitePage)}}));
  }
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, WidgetsThatPaintOverPages) {
  Attacks attacks;
  for (const char* type : {"Tx", "Btn", "Ch", "Sig", "Foo"}) {
    for (const bool inForm : {false, true}) {
      const std::string widget = fmt::format(
          "<</FT /{} /T (Cover) /Type /Annot /Subtype /Widget /F 4 /Rect [0 0 595 842] /V 61 0 R "
          "/AP <</N 62 0 R>>>>",
          type);
      Objects objects = {{3, withAnnotation("60 0 R")},
                         {60, widget},
                         {61, "<</Type /Sig /Byte#52ange [0 1 2 3] /Contents <00>>>"},
                         {62, form(kWhitePage)}};
      if (inForm) {
        const std::string catalog = bodyOf(good_, 1);
        const int number = std::stoi(catalog.substr(catalog.find("/AcroForm ") + 10));
        std::string fields = bodyOf(good_, number);
        fields.insert(fields.find(']', fields.find("/Fields [")), " 60 0 R");
        objects.emplace_back(number, fields);
      }
      attacks.emplace_back(fmt::format("{} {}", type, inForm), updated(good_, objects));
    }
  }
  // The widget of the signature itself is redrawn.
  const std::string page = bodyOf(good_, 3);
  const int own = std::stoi(page.substr(page.find("/Annots [") + 9));
  std::string body = bodyOf(good_, own);
  std::string moved = body;
  const std::size_t rect = moved.find("/Rect [");
  moved.replace(rect, moved.find(']', rect) + 1 - rect, "/Rect [0 0 595 842]");
  attacks.emplace_back("own widget moved", updated(good_, {{own, moved}}));
  expectNoneValid(attacks);
}

TEST_F(AttackClasses, SneakySignaturesOverWhatWasSigned) {
  // The later signature is itself trusted and intact: only where it paints gives it away.
  // "Hello World" stands at 50, 50 in 18 points.
  Attacks attacks;
  const auto sneak = [&](const std::string& rect, const std::string& painted) {
    HandSignature wish;
    wish.rect = rect;
    wish.appearance = painted;
    attacks.emplace_back(rect + " " + painted, handSigned(good_, wish, key()));
  };
  for (const char* rect : {"[0 0 595 842]", "[0 0 595 400]", "[40 40 200 80]", "[50 45 60 70]",
                           "[60 55 63 58]", "[200 80 40 40]"}) {
    sneak(rect, "1 g 0 0 100 100 re f");
  }
  sneak("[40 40 200 80]", "1 g 0 0 m 100 0 l 100 100 l 0 100 l f*");
  sneak("[40 40 200 80]", "1 g 0 0 100 100 re B BT (Other text) Tj ET");
  sneak("[40 40 200 80]", "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q");
  sneak("[40 40 200 80]", "1 g 0 0 10 100 re 10 0 90 100 re b");
  sneak("[0 0 400 400]", "1 g 10 10 10 10 re f");
  expectNoneValid(attacks);
  // Where nothing was shown, or with letters alone, the same signature is welcome.
  for (const char* painted : {"1 g 0 0 100 100 re f", "BT (Signed) Tj ET"}) {
    HandSignature wish;
    wish.rect = "[300 300 400 400]";
    wish.appearance = painted;
    EXPECT_EQ(verdictOf(verifyBytes(handSigned(good_, wish, key()))), "valid") << painted;
  }
}

TEST_F(AttackClasses, ShadowsPreparedBeforeSigning) {
  // Hidden content is there when the document is signed; the update only uncovers it.
  PlainPdf prepared;
  prepared.page = "/MediaBox [0 0 595 842] /Annots [70 0 R 72 0 R]";
  const std::string field =
      "<</FT /Tx /T (amount) /V (100) /Type /Annot /Subtype /Widget /F 4 /Rect [40 40 200 80] /AP "
      "<</N 71 0 R>>>>";
  const std::string overlay =
      "<</Type /Annot /Subtype /Stamp /F 4 /Rect [0 0 595 842] /AP <</N 73 0 R>>>>";
  const std::string before =
      updated(prepared.bytes(),
              {{1, "<</Type /Catalog /Pages 2 0 R /AcroForm 74 0 R>>"},
               {70, field},
               {71, form("BT (100) Tj ET")},
               {72, overlay},
               {73, form(kWhitePage)},
               {74, "<</Fields [70 0 R]>>"},
               {75, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 76 0 R>>"},
               {76, stream("BT (Other document) Tj ET")},
               {77, "<</Type /Pages /Kids [75 0 R] /Count 1>>"},
               {78, "<</Type /Catalog /Pages 77 0 R>>"}});
  good_ = slurp(signedFile(before, invisible()));
  ASSERT_EQ(verdictOf(verifyBytes(good_)), "valid");
  const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
  };
  expectNoneValid({
      // hide
      {"hide: overlay emptied", updated(good_, {{73, form(" ")}})},
      {"hide: overlay freed", updated(good_, {{73, ""}})},
      {"hide: annotation hidden", updated(good_, {{72, replaced(overlay, "/F 4", "/F 2")}})},
      {"hide: annotation freed", updated(good_, {{72, ""}})},
      {"hide: annotation moved",
       updated(good_, {{72, replaced(overlay, "[0 0 595 842]", "[0 0 0 0]")}})},
      {"hide: taken off the page", updated(good_, {{3, replaced(bodyOf(good_, 3), "72 0 R", "")}})},
      {"hide: appearance elsewhere", updated(good_, {{72, replaced(overlay, "73", "71")}})},
      {"hide: appearance gone", updated(good_, {{72, replaced(overlay, "/AP <</N 73 0 R>>", "")}})},
      {"hide: another kind", updated(good_, {{72, replaced(overlay, "Stamp", "Popup")}})},
      {"hide: small box", updated(good_, {{73, replaced(form(kWhitePage), "595 842]", "1 1]")}})},
      // replace
      {"replace: value", updated(good_, {{70, replaced(field, "(100)", "(900)")}})},
      {"replace: value and looks",
       updated(good_, {{70, replaced(field, "(100)", "(900)")}, {71, form("BT (900) Tj ET")}})},
      {"replace: looks", updated(good_, {{71, form("BT (900) Tj ET")}})},
      {"replace: other looks",
       updated(good_, {{70, replaced(field, "71", "79")}, {79, form("BT (900) Tj ET")}})},
      {"replace: prepared looks", updated(good_, {{70, replaced(field, "71", "73")}})},
      {"replace: drawn by the viewer",
       updated(good_, {{74, replaced(bodyOf(good_, 74), "<<", "<</NeedAppearances true ")}})},
      {"replace: fonts",
       updated(good_, {{74, replaced(bodyOf(good_, 74), "<<", "<</DR <</Font <<>>>> /DA (x) ")}})},
      {"replace: field type", updated(good_, {{70, replaced(field, "/Tx", "/Ch")}})},
      {"replace: field box",
       updated(good_, {{70, replaced(field, "[40 40 200 80]", "[0 0 595 842]")}})},
      {"replace: value emptied", updated(good_, {{70, replaced(field, "(100)", "()")}})},
      {"replace: action", updated(good_, {{70, replaced(field, "/F 4", "/F 4 /AA <<>>")}})},
      // hide and replace
      {"both: root", updated(good_, {{79, "<<>>"}}, "/Root 78 0 R")},
      {"both: pages", updated(good_, {{1, replaced(bodyOf(good_, 1), "/Pages 2", "/Pages 77")}})},
      {"both: kids", updated(good_, {{2, "<</Type /Pages /Kids [75 0 R] /Count 1>>"}})},
      {"both: kid added", updated(good_, {{2, "<</Type /Pages /Kids [3 0 R 75 0 R] /Count 2>>"}})},
      {"both: page", updated(good_, {{3, bodyOf(good_, 75)}})},
      {"both: contents",
       updated(good_, {{3, replaced(bodyOf(good_, 3), "/Contents 4", "/Contents 76")}})},
      {"both: stream", updated(good_, {{4, bodyOf(good_, 76)}})},
      {"both: contents doubled", updated(good_, {{3, replaced(bodyOf(good_, 3), "/Contents 4 0 R",
                                                              "/Contents [4 0 R 76 0 R]")}})},
      {"both: catalogue", updated(good_, {{1, bodyOf(good_, 78)}})},
      {"both: tree", updated(good_, {{2, bodyOf(good_, 77)}})},
      {"both: page and form", updated(good_, {{3, bodyOf(good_, 75)}, {74, "<</Fields []>>"}})},
  });
}

TEST_F(AttackClasses, ObjectsSharedBetweenAllowedAndForbidden) {
  Attacks attacks;
  for (const std::string place : {"/PieceInfo 80 0 R", "/Metadata 80 0 R", "/StructTreeRoot 80 0 R",
                                  "/ViewerPreferences 80 0 R", "/Lang 80 0 R", "/Names 80 0 R"}) {
    for (const std::string allowed : {"/Extensions 80 0 R", "/DSS 80 0 R"}) {
      PlainPdf shared;
      const std::string before = updated(
          shared.bytes(),
          {{1, "<</Type /Catalog /Pages 2 0 R " + place + " " + allowed + ">>"}, {80, "<</A 1>>"}});
      const std::string bytes = slurp(signedFile(before, invisible(), "shared.pdf"));
      attacks.emplace_back(place + allowed, updated(bytes, {{80, "<</A 1 /B 2>>"}}));
    }
  }
  expectNoneValid(attacks);
}

}  // namespace
}  // namespace sohoa::test
