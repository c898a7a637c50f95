#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "signing/verify/report_json.h"
#include "tests/signing/signing_bench.h"
#include "tests/signing/stamp_png.h"
#include "tests/support/preflight.h"

// What a signature shows, and where; judged by poppler's reading and rendering of the page.
namespace sohoa::test {
namespace {

struct ReadWord {
  std::string text;
  double left = 0, top = 0, right = 0, bottom = 0;
  bool meets(const ReadWord& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

/// Words of a page with their boxes, points from the upper left corner of the page as it is seen.
std::vector<ReadWord> wordsOf(const std::filesystem::path& pdf, int page = 1) {
  const std::string number = std::to_string(page);
  const std::string html =
      runCommand({"pdftotext", "-bbox", "-f", number, "-l", number, pdf.string(), "-"}).out;
  static const std::regex kWord(
      R"re(<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">([^<]*)<)re");
  std::vector<ReadWord> words;
  for (std::sregex_iterator at(html.begin(), html.end(), kWord), end; at != end; ++at) {
    words.push_back({(*at)[5], std::stod((*at)[1]), std::stod((*at)[2]), std::stod((*at)[3]),
                     std::stod((*at)[4])});
  }
  return words;
}

/// A page with a word every 60 points in the rows given, as PDF content.
std::string rowsOfText(const std::vector<double>& baselines, double from, double to) {
  std::string content = "BT /F1 11 Tf ";
  for (const double y : baselines) {
    for (double x = from; x < to; x += 60) {
      content += fmt::format("1 0 0 1 {} {} Tm (existing) Tj ", x, y);
    }
  }
  return content + "ET";
}

class Appearances : public SigningTest {
 protected:
  /// A4 with this content.
  static std::string pageWith(const std::string& content, const std::string& keys = "") {
    PlainPdf pdf;
    pdf.page = "/MediaBox [0 0 595 842] " + keys;
    pdf.text = ") Tj ET " + content + " BT (";
    return pdf.bytes();
  }
  static void expectNothingCovered(const std::filesystem::path& pdf, std::size_t ofSignature) {
    std::vector<ReadWord> shown, existing;
    for (const ReadWord& word : wordsOf(pdf)) {
      (word.text == "existing" ? existing : shown).push_back(word);
    }
    EXPECT_EQ(shown.size(), ofSignature);
    EXPECT_FALSE(existing.empty());
    for (const ReadWord& word : shown) {
      for (const ReadWord& other : existing) {
        EXPECT_FALSE(word.meets(other)) << word.text << " at " << word.left << ", " << word.top;
      }
    }
  }
  SignatureRequest shows(std::vector<std::string> lines) const {
    SignatureRequest request = invisible();
    request.appearance.lines = std::move(lines);
    return request;
  }
  std::filesystem::path png(const StampPng& image, const std::string& name = "stamp.png") const {
    return file(name, image.bytes());
  }
  enum class Ink { red, blue };
  /// Pixels of that colour in a part of the page, points from its upper left corner, at 144 dpi.
  int inked(Ink ink, const std::filesystem::path& pdf, double left, double top, double right,
            double bottom) const {
    const std::string root = (folder_ / "render").string();
    const CommandResult made =
        runCommand({"pdftoppm", "-r", "144", "-singlefile", pdf.string(), root});
    if (!made.ok()) throw std::runtime_error(made.describe());
    const std::string ppm = slurp(root + ".ppm");
    int width = 0, height = 0, consumed = 0;
    if (std::sscanf(ppm.c_str(), "P6 %d %d 255%n", &width, &height, &consumed) != 2) {
      throw std::runtime_error("no PPM");
    }
    int found = 0;
    for (int y = static_cast<int>(2 * top); y < static_cast<int>(2 * bottom); ++y) {
      for (int x = static_cast<int>(2 * left); x < static_cast<int>(2 * right); ++x) {
        const auto at = static_cast<std::size_t>(consumed + 1 + 3 * (y * width + x));
        const auto sample = [&](std::size_t i) {
          return static_cast<int>(static_cast<unsigned char>(ppm.at(at + i)));
        };
        const int strong = sample(ink == Ink::red ? 0 : 2), weak = sample(ink == Ink::red ? 2 : 0);
        found += strong > 120 && weak < 80 && sample(1) < 80 ? 1 : 0;
      }
    }
    return found;
  }
};

TEST_F(Appearances, StandAtTheTopRightOfAPageWithRoomThere) {
  const auto out = signedFile(pageWith(rowsOfText({700, 680}, 60, 520)), visible());
  const auto words = wordsOf(out);
  const auto sao = std::find_if(words.begin(), words.end(),
                                [](const ReadWord& word) { return word.text == "SAO"; });
  ASSERT_NE(sao, words.end());
  EXPECT_NEAR(sao->top, 20, 3);
  double right = 0;
  for (const ReadWord& word : words) {
    if (word.top < 80) right = std::max(right, word.right);
  }
  EXPECT_NEAR(right, 595 - 42.5, 2) << "in line with the margin";
}

TEST_F(Appearances, MoveOutOfTheWayOfTextThatIsThere) {
  // The head of the page is full; below it is room.
  for (const char* keys : {"", "/Rotate 90", "/Rotate 180", "/Rotate 270"}) {
    SCOPED_TRACE(keys);
    std::vector<double> rows;
    for (double y = 825; y > 20; y -= 14) {
      if (y < 350 || y > 620) rows.push_back(y);
    }
    const auto out = signedFile(pageWith(rowsOfText(rows, 20, 560), keys), visible());
    expectNothingCovered(out, 12);
    EXPECT_EQ(verify(out).overall(), Indication::totalPassed) << toJson(verify(out));
  }
}

TEST_F(Appearances, KeepOutOfTheWayOfTheHiddenTextOfAScan) {
  // As a digitised page: one image all over it, and what was read from it as invisible text.
  const std::string content = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q 3 Tr " +
                              rowsOfText({822, 810, 798, 786, 774}, 20, 560);
  const auto out = signedFile(pageWith(content), visible());
  expectNothingCovered(out, 12);
}

TEST_F(Appearances, DoNotCoverEarlierOnes) {
  const auto once = signedFile(pageWith(rowsOfText({500}, 60, 520)), shows({"first first first"}));
  const auto twice = signedFile(slurp(once), shows({"second second second"}), "twice.pdf");
  const auto words = wordsOf(twice);
  int compared = 0;
  for (const ReadWord& a : words) {
    for (const ReadWord& b : words) {
      if (a.text != "first" || b.text != "second") continue;
      ++compared;
      EXPECT_FALSE(a.meets(b));
    }
  }
  EXPECT_EQ(compared, 9);
  EXPECT_EQ(verify(twice).overall(), Indication::totalPassed) << toJson(verify(twice));
}

TEST_F(Appearances, StandWhereTheyAreDueOnAPageWithoutAnyRoom) {
  std::vector<double> rows;
  for (double y = 835; y > 0; y -= 9) rows.push_back(y);
  const auto out = signedFile(pageWith(rowsOfText(rows, 0, 595)), visible());
  bool found = false;
  for (const ReadWord& word : wordsOf(out)) {
    if (word.text.starts_with("2021-09-10T14:30:20")) found = word.top < 60 && word.left > 300;
  }
  EXPECT_TRUE(found);
}

TEST_F(Appearances, ContentThatCannotBeReadIsNoReasonNotToSign) {
  const auto out = signedFile(pageWith("(( <<< ] BI \xff EI 1 2"), visible());
  EXPECT_NE(runCommand({"pdftotext", out.string(), "-"}).out.find("SAO Y"), std::string::npos);
}

TEST_F(Appearances, OfTheOneWhoScannedStandsAtTheTopLeft) {
  SignatureRequest request = shows({"Nguyễn Thị Hương", isoVietnam(signingTime())});
  request.appearance.place = AppearancePlace::topLeft;
  const auto scanned = signedFile(pageWith(rowsOfText({700}, 60, 520)), request);
  const auto words = wordsOf(scanned);
  const auto name = std::find_if(words.begin(), words.end(),
                                 [](const ReadWord& word) { return word.text == "Nguyễn"; });
  ASSERT_NE(name, words.end());
  EXPECT_NEAR(name->left, 42.5, 2);
  EXPECT_NEAR(name->top, 20, 3);
  // The agency's signature joins it on the same page.
  const auto both = signedFile(slurp(scanned), visible(), "both.pdf");
  expectNothingCovered(both, 16);
  EXPECT_EQ(verify(both).overall(), Indication::totalPassed) << toJson(verify(both));
}

TEST_F(Appearances, TheVisibleTimeIsTheSignedTime) {
  const std::string bytes = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  const VerificationReport report = verify(file("timed.pdf", bytes));
  const std::string text = runCommand({"pdftotext", (folder_ / "timed.pdf").string(), "-"}).out;
  ASSERT_TRUE(report.signatures.at(0).claimedAt);
  EXPECT_NE(text.find(isoVietnam(*report.signatures[0].claimedAt)), std::string::npos) << text;
}

/// An electronic original: text, the signer's title at the lower right, room, the name.
std::string electronicOriginal(const std::string& keys = "") {
  PlainPdf pdf;
  pdf.page = "/MediaBox [0 0 595 842] " + keys;
  pdf.text = ") Tj ET " + rowsOfText({700, 686, 672, 658}, 85, 520) +
             " BT /F1 13 Tf 1 0 0 1 380 400 Tm (GIAM DOC) Tj 1 0 0 1 365 310 Tm (Nguyen Van A) Tj "
             "1 0 0 1 85 390 Tm (Noi nhan) Tj ET BT (";
  return pdf.bytes();
}

TEST_F(Appearances, OfAPersonAndThenTheAgencyStandAsTheDecreeSays) {
  SignatureRequest person = invisible();
  person.appearance.image = png(handPng(), "hand.png");
  person.appearance.place = AppearancePlace::betweenTitleAndName;
  person.appearance.page = -1;
  const auto byPerson = signedFile(electronicOriginal(), person, "person.pdf");
  // Between the title (its baseline at 842 - 400) and the name (842 - 310), around its middle.
  EXPECT_GT(inked(Ink::blue, byPerson, 345, 446, 460, 519), 200);
  EXPECT_EQ(inked(Ink::blue, byPerson, 0, 0, 595, 442), 0) << "not over the title";
  EXPECT_EQ(inked(Ink::blue, byPerson, 0, 521, 595, 842), 0) << "not over the name";

  SignatureRequest agency = shows({kAgency, isoVietnam(signingTime())});
  agency.appearance.image = png(sealPng(), "seal.png");
  agency.appearance.place = AppearancePlace::overLeftOfSignature;
  const auto byBoth = signedFile(slurp(byPerson), agency, "both.pdf");
  // The hand is 113 points wide around 405, the seal 102 wide and ends a third into it.
  EXPECT_GT(inked(Ink::red, byBoth, 370, 440, 392, 525), 200) << "its right edge";
  EXPECT_GT(inked(Ink::red, byBoth, 281, 440, 306, 525), 200) << "its left edge";
  EXPECT_EQ(inked(Ink::red, byBoth, 396, 0, 595, 842), 0);
  EXPECT_GT(inked(Ink::blue, byBoth, 345, 446, 460, 519), 150) << "the hand is still seen";
  EXPECT_NE(runCommand({"pdftotext", byBoth.string(), "-"}).out.find(kAgency), std::string::npos);
  EXPECT_EQ(verify(byBoth).overall(), Indication::totalPassed) << toJson(verify(byBoth));
  EXPECT_TRUE(qpdfFindsNoFault(byBoth));
}

TEST_F(Appearances, WithoutRoomForAHandTheReasonIsSaid) {
  SignatureRequest person = invisible();
  person.appearance.image = png(handPng());
  person.appearance.place = AppearancePlace::betweenTitleAndName;
  const auto in = file("in.pdf", pageWith(rowsOfText({700, 686}, 85, 520)));
  const auto done = signPdf(in, folder_ / "out.pdf", key(), person);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().detail.find("title and name"), std::string::npos) << done.error().detail;
  person.appearance.place = AppearancePlace::overLeftOfSignature;
  EXPECT_FALSE(signPdf(in, folder_ / "out.pdf", key(), person)) << "there is no signature yet";
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pdf"));
}

TEST_F(Appearances, APlaceAndPageCanBeGiven) {
  SignatureRequest request = invisible();
  request.appearance.image = png(sealPng(20));
  request.appearance.place = AppearancePlace::given;
  request.appearance.x = 100;
  request.appearance.y = 50;
  const auto out = signedFile(pageWith(""), request);
  const double x = 100 * 72 / 25.4, y = 50 * 72 / 25.4, half = 10 * 72 / 25.4;
  EXPECT_GT(inked(Ink::red, out, x - half - 1, y - half - 1, x + half + 1, y + half + 1), 500);
  EXPECT_EQ(inked(Ink::red, out, x - 15, y - 15, x + 15, y + 15), 0) << "inside the ring";
  EXPECT_EQ(inked(Ink::red, out, 0, 0, 595, y - half - 2), 0);
  request.appearance.page = 2;
  const auto none = signPdf(file("in.pdf", pageWith("")), folder_ / "none.pdf", key(), request);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().cause, Cause::documentNotSigned);
}

TEST_F(Appearances, ImagesThatAreNoSealsAreRefused) {
  const auto in = file("in.pdf", pageWith(""));
  const auto why = [&](const std::filesystem::path& image) {
    SignatureRequest request = invisible();
    request.appearance.image = image;
    const auto done = signPdf(in, folder_ / "out.pdf", key(), request);
    return done ? std::string() : done.error().detail;
  };
  StampPng opaque = sealPng(10);
  opaque.transparent = false;
  EXPECT_NE(why(png(opaque, "opaque.png")).find("transparent"), std::string::npos);
  StampPng sizeless = sealPng(10);
  sizeless.dpi = 0;
  EXPECT_NE(why(png(sizeless, "sizeless.png")).find("how wide"), std::string::npos);
  EXPECT_NE(why(file("text.png", "no image")).find("not a PNG"), std::string::npos);
  std::string cut = sealPng(10).bytes();
  cut.resize(cut.size() / 2);
  EXPECT_NE(why(file("cut.png", cut)), "");
  EXPECT_NE(why(folder_ / "none.png"), "");
}

TEST_F(Appearances, WithImagesLeavePdfA1bValid) {
  if (!hasPreflight()) GTEST_SKIP() << "no Java or PDFBox preflight on this machine";
  PlainPdf plain;
  plain.archival = true;
  SignatureRequest seal = visible();
  seal.appearance.image = png(sealPng());
  SignatureRequest hand = invisible();
  hand.appearance.image = png(handPng(), "hand.png");
  hand.appearance.place = AppearancePlace::given;
  hand.appearance.x = hand.appearance.y = 100;
  const auto one = signedFile(plain.bytes(), seal, "one.pdf");
  const auto two = signedFile(slurp(one), hand, "two.pdf");
  for (const PreflightVerdict& verdict : preflight({one, two})) {
    EXPECT_TRUE(verdict.valid) << verdict.file << ": " << testing::PrintToString(verdict.findings);
  }
}

TEST_F(Appearances, FillAnEmptyFieldUprightHoweverThePageIsTurned) {
  for (const char* keys : {"", "/Rotate 90", "/Rotate 180", "/Rotate 270"}) {
    SCOPED_TRACE(keys);
    PlainPdf pdf;
    pdf.page = std::string("/MediaBox [0 0 595 842] /Annots [9 0 R] ") + keys;
    std::string bytes = pdf.bytes();
    // One more object with an update of another program: an empty field.
    const std::size_t at = bytes.size();
    bytes +=
        "9 0 obj\n<</Type /Annot /Subtype /Widget /FT /Sig /T (Here) /F 4 /P 3 0 R /Rect [100 300 "
        "340 540]>>\nendobj\n1 0 obj\n<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [9 0 "
        "R]>>>>\nendobj\n";
    const std::size_t catalog = bytes.find("1 0 obj\n", at), xref = bytes.size();
    bytes += fmt::format(
        "xref\n1 1\n{:010} 00000 n \n9 1\n{:010} 00000 n \ntrailer\n<</Size 10 /Root 1 0 R /Prev "
        "{}>>\nstartxref\n{}\n%%EOF\n",
        catalog, at, slurp(file("p.pdf", pdf.bytes())).rfind("xref\n0 "), xref);
    SignatureRequest request = visible();
    request.fieldName = "Here";
    const auto out = signedFile(bytes, request);
    std::vector<ReadWord> shown;
    for (const ReadWord& word : wordsOf(out)) {
      if (word.text == "SAO" || word.text.starts_with("2021-")) shown.push_back(word);
    }
    ASSERT_EQ(shown.size(), 2u);
    EXPECT_GT(shown[1].top, shown[0].top) << "the time stands below the form of copy";
    EXPECT_GT(shown[1].right - shown[1].left, 3 * (shown[1].bottom - shown[1].top)) << "level";
  }
}

}  // namespace
}  // namespace sohoa::test
