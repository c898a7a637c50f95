#include <fmt/format.h>

#include "pipeline/workers/page_renderer.h"
#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"

namespace sohoa::test {
namespace {

std::string stream(const std::string& data, const std::string& keys) {
  return fmt::format("<<{} /Length {}>>\nstream\n{}\nendstream", keys, data.size(), data);
}

/// The amount stands at 200, 600; every appearance below is drawn in the page's own coordinates.
constexpr char kText[] =
    "BT /F1 12 Tf 60 600 Td (So tien phai nop la) Tj ET\n"
    "BT /F1 12 Tf 200 600 Td (1.000.000) Tj ET\n"
    "BT /F1 12 Tf 270 600 Td (dong, ke tu ngay ky.) Tj ET\n"
    "BT /F1 12 Tf 60 500 Td (Nguyen Van An) Tj ET\n";
constexpr char kOther[] = " 0 g BT /F1 12 Tf 200 600 Td (9.000.000) Tj ET";

/// What a second signature or a filled field draws over a page that was signed: covers are found
/// however thin or transparent their parts are, and seals and hand signatures stay permitted.
class Covers : public SigningTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(renderer_.isThere());
    const std::string page = updated(
        PlainPdf{}.bytes(),
        {{1, "<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields [21 0 R]>>>>"},
         {3,
          "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [21 0 R] "
          "/Resources <</Font <</F1 20 0 R>>>>>>"},
         {4, stream(kText, "")},
         {20, "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"},
         {21,
          "<</FT /Tx /T (note) /Type /Annot /Subtype /Widget /F 4 /Rect [190 590 270 620] /P 3 0 "
          "R>>"}});
    good_ = handSigned(page, {}, key());
    ASSERT_EQ(verdict(good_), "valid");
  }

  std::string verdict(const std::string& bytes, std::string* said = nullptr) {
    VerificationOptions options;
    options.at = options.now = today();
    options.renderer = &renderer_;
    const VerificationReport report = sohoa::verifyBytes(bytes, anchors(), options);
    if (said != nullptr) *said = describe(report, Language::en);
    return std::string(verdictOf(report));
  }

  /// A second signature that draws this over the page.
  std::string signedOver(const std::string& drawn, const std::string& resources = "",
                         const Objects& more = {}) {
    HandSignature wish;
    wish.field = "Second";
    wish.rect = "[150 480 400 640]";
    wish.widgetKeys = "/AP <</N 900 0 R>>";
    wish.more = more;
    wish.more.emplace_back(900, form(drawn, resources));
    wish.more.emplace_back(901, "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>");
    return handSigned(good_, wish, key());
  }
  /// The field filled in, its look drawn like this.
  std::string filled(const std::string& drawn, const std::string& resources = "",
                     const Objects& more = {}) {
    Objects objects = more;
    objects.emplace_back(900, form(drawn, resources, "[190 590 270 620]"));
    objects.emplace_back(901, "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>");
    std::string field = bodyOf(good_, 21);
    field = field.substr(0, field.rfind(">>")) + " /V (x) /AP <</N 900 0 R>>>>";
    objects.emplace_back(21, field);
    return updated(good_, objects);
  }
  static std::string form(const std::string& drawn, const std::string& resources,
                          const std::string& box = "[150 480 400 640]") {
    return stream(drawn, fmt::format("/Type /XObject /Subtype /Form /BBox {} /Resources <</Font "
                                     "<</F1 901 0 R>> {}>>",
                                     box, resources));
  }

  struct Drawing {
    std::string name, drawn, resources = "";
    Objects more = {};
  };
  static std::vector<Drawing> attacks();

  std::string good_;
  RenderProcess renderer_{buildFolder() / "pipeline/sohoa-render"};
};

std::vector<Covers::Drawing> Covers::attacks() {
  std::vector<Drawing> all;
  const auto add = [&](const std::string& name, const std::string& drawn,
                       const std::string& resources = "", const Objects& more = {}) {
    all.push_back({name, drawn, resources, more});
  };
  std::string hatch = "1 G ", fine = "1 G 0.4 w ", dots = "1 g ", columns = "1 G 1.5 w ";
  for (double y = 597; y < 612; y += 0.7) hatch += fmt::format("1 w 196 {} m 268 {} l S ", y, y);
  for (double y = 597; y < 612; y += 0.3) fine += fmt::format("196 {} m 268 {} l S ", y, y);
  for (double y = 597; y < 612; y += 1) {
    for (double x = 196; x < 268; x += 1) dots += fmt::format("{} {} 1.1 1.1 re f ", x, y);
  }
  for (double x = 196; x < 268; x += 1.2) columns += fmt::format("{} 596 m {} 612 l S ", x, x);
  add("a rectangle", "1 g 196 596 72 16 re f" + std::string(kOther));
  add("a rectangle and nothing else", "1 g 196 596 72 16 re f");
  add("hatching", hatch + kOther);
  add("fine hatching", fine + kOther);
  add("columns", columns + kOther);
  add("dots", dots + kOther);
  add("light grey", "0.96 g 196 596 72 16 re f" + std::string(kOther));
  add("cream", "1 0.99 0.93 rg 196 596 72 16 re f" + std::string(kOther));
  add("pale blue", "0.86 0.93 1 rg 196 596 72 16 re f" + std::string(kOther));
  add("yellow, as a marker does", "1 1 0 rg 196 596 72 16 re f" + std::string(kOther));
  add("a red ground", "0.8 0.2 0.2 rg 196 596 72 16 re f" + std::string(kOther));
  const std::string veil = "/ExtGState <</V <</ca 0.5>>>>";
  add("four veils",
      "/V gs 1 g 196 596 72 16 re f 196 596 72 16 re f 196 596 72 16 re f 196 596 72 16 re f" +
          std::string(kOther),
      veil);
  add("one veil", "/V gs 1 g 196 596 72 16 re f", "/ExtGState <</V <</ca 0.7>>>>");
  add("letters of white",
      "1 g 1 Tr 3 w 1 G BT /F1 12 Tf 200 600 Td (1.000.000) Tj ET 0 Tr" + std::string(kOther));
  add("a line of white under a pattern", "1 G 14 w 196 604 m 268 604 l S" + std::string(kOther));
  add("dashes in turn",
      "1 G 14 w [2] 0 d 196 604 m 268 604 l S [2] 2 d 196 604 m 268 604 l S" + std::string(kOther));
  add("an image without a mask", "q 72 0 0 16 196 596 cm /I Do Q" + std::string(kOther),
      "/XObject <</I 902 0 R>>",
      {{902, stream("\xff",
                    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace "
                    "/DeviceGray /BitsPerComponent 8")}});
  add("stencils that each let most through",
      "1 g q 72 0 0 16 196 596 cm /A Do /B Do /C Do /D Do Q" + std::string(kOther),
      "/XObject <</A 902 0 R /B 903 0 R /C 904 0 R /D 905 0 R>>", [] {
        Objects masks;
        const std::string rows[] = {"\x77", "\xbb", "\xdd", "\xee"};
        for (int i = 0; i < 4; ++i) {
          masks.emplace_back(902 + i, stream(rows[i],
                                             "/Type /XObject /Subtype /Image /Width 8 "
                                             "/Height 1 /ImageMask true /BitsPerComponent "
                                             "1"));
        }
        return masks;
      }());
  add("an image with a soft mask", "q 72 0 0 16 196 596 cm /I Do Q" + std::string(kOther),
      "/XObject <</I 902 0 R>>",
      {{902, stream("\xff",
                    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace "
                    "/DeviceGray /BitsPerComponent 8 /SMask 903 0 R")},
       {903, stream("\xd0",
                    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace "
                    "/DeviceGray /BitsPerComponent 8")}});
  add("one digit of seven", "1 g 199 597 7 13 re f 0 g BT /F1 12 Tf 200 600 Td (9) Tj ET");
  add("a zero taken away", "1 g 246.5 597 7 13 re f");
  add("screen over it", "/S gs 1 g 196 596 72 16 re f", "/ExtGState <</S <</BM /Screen>>>>");
  add("lighten over it", "/S gs 1 g 196 596 72 16 re f" + std::string(kOther),
      "/ExtGState <</S <</BM /Lighten>>>>");
  add("difference over it", "/S gs 1 g 196 596 72 16 re f",
      "/ExtGState <</S <</BM /Difference>>>>");
  add("a shading", "q 196 596 72 16 re W n /H sh Q" + std::string(kOther),
      "/Shading <</H <</ShadingType 2 /ColorSpace /DeviceGray /Coords [196 0 268 0] /Extend [true "
      "true] /Function <</FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0.95] /N 1>>>>>>");
  return all;
}

TEST_F(Covers, OfWordsAreForbiddenToASignature) {
  ASSERT_GE(attacks().size(), 12u);
  for (const Drawing& each : attacks()) {
    std::string said;
    EXPECT_EQ(verdict(signedOver(each.drawn, each.resources, each.more), &said), "invalid")
        << each.name << "\n"
        << said;
  }
}

TEST_F(Covers, OfWordsAreForbiddenToAFilledField) {
  for (const Drawing& each : attacks()) {
    std::string said;
    EXPECT_EQ(verdict(filled(each.drawn, each.resources, each.more), &said), "invalid")
        << each.name << "\n"
        << said;
  }
}

TEST_F(Covers, OfASealAndAHandArePermittedAndTold) {
  std::string seal = "0.85 0.1 0.15 RG 2 w ";
  for (int i = 0; i < 2; ++i) {
    const double r = i == 0 ? 40 : 26, k = r * 0.5523;
    seal += fmt::format("{} 600 m {} {} {} {} 240 {} c {} {} {} {} {} 600 c S ", 240 - r, 240 - r,
                        600 + k, 240 - k, 600 + r, 600 + r, 240 + k, 600 + r, 240 + r, 600 + k,
                        240 + r);
  }
  const std::string hand =
      "0.1 0.2 0.7 RG 1.4 w 190 590 m 210 640 220 560 235 610 c 240 630 260 580 275 604 c S";
  const std::vector<Drawing> honest = {
      {"a seal", seal},
      {"a hand", hand},
      {"both", seal + hand},
      {"a transparent seal", "/V gs " + seal, "/ExtGState <</V <</CA 0.6>>>>"},
      {"the text of a signature", "0.1 0.1 0.6 rg BT /F1 9 Tf 180 606 Td (Ky boi: So TNMT) Tj ET"},
      {"a multiplied seal on white",
       "/V gs 1 g 196 560 80 80 re f 0.9 0.1 0.1 RG 3 w 200 564 72 72 re S",
       "/ExtGState <</V <</BM /Multiply>>>>"}};
  for (const Drawing& each : honest) {
    std::string said;
    EXPECT_EQ(verdict(signedOver(each.drawn, each.resources, each.more), &said), "valid")
        << each.name << "\n"
        << said;
    EXPECT_NE(said.find("Look closely: a new signature lies over words"), std::string::npos)
        << each.name << "\n"
        << said;
    EXPECT_NE(said.find("1.000.000"), std::string::npos) << each.name;
  }
}

TEST_F(Covers, OfAStarThatHidesLettersAreTold) {
  std::string said;
  EXPECT_EQ(verdict(signedOver("0.8 0.05 0.1 rg 198 590 28 28 re f"), &said), "valid") << said;
  EXPECT_NE(said.find("hides words that can no longer be read"), std::string::npos) << said;
  EXPECT_NE(said.find("1.000.000"), std::string::npos) << said;
  EXPECT_EQ(verdict(filled("0.8 0.05 0.1 rg 198 590 28 28 re f")), "invalid");
}

TEST_F(Covers, OnAPageThatCannotBeDrawnAreNotValid) {
  class Nothing : public PageRenderer {
    std::optional<PagePicture> draw(std::string_view, std::size_t) override { return {}; }
  } nothing;
  VerificationOptions options;
  options.at = options.now = today();
  options.renderer = &nothing;
  const std::string bytes = signedOver("1 G 1 w 196 600 m 268 600 l S");
  EXPECT_EQ(verdictOf(sohoa::verifyBytes(bytes, anchors(), options)), "indeterminate");
}

TEST_F(Covers, BesideTheWordsAreNotMentioned) {
  std::string said;
  EXPECT_EQ(verdict(signedOver("0.8 0 0 RG 300 500 60 60 re S"), &said), "valid") << said;
  EXPECT_EQ(said.find("Look closely"), std::string::npos) << said;
  EXPECT_EQ(verdict(filled("0 g BT /F1 8 Tf 230 612 Td (ghi chu) Tj ET")), "valid");
}

}  // namespace
}  // namespace sohoa::test
