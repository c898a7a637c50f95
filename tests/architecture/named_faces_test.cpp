#include "tests/architecture/named_faces.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

namespace sohoa::architecture {
namespace {

using samples::Face;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::array kOneRow = {Face{"Known Serif", "fonts-known"}};
const std::set<std::string> kInstalled = {"fonts-known"};
const std::string kDrawn = "f(\"Known Serif 12\");\n";

std::vector<std::string> faultsOf(const std::string& source) {
  return unlistedFaces({{"tests/a.cpp", kDrawn + source}}, kInstalled, kOneRow);
}

TEST(NamedFaces, AreAllInstalledByTheListsOfPackages) {
  const SourceTree tree = readDrawingSources();
  for (const char* file : {"samples/drawing/typesetter.cpp", "tests/ocr/drawn_office.cpp",
                           "tests/bench/pdf_card.cpp", "tests/support/stack_pages.cpp"}) {
    ASSERT_TRUE(tree.contains(file)) << file;
  }
  EXPECT_THAT(unlistedFaces(tree, listedPackages()), IsEmpty());
}

/// One place of each kind, so that a rule that finds nothing any more does not pass unseen.
TEST(NamedFaces, AreFoundWhereTheProjectNamesThem) {
  const auto named = namedFaces(readDrawingSources());
  const auto has = [&](const std::string& file, const std::string& name) {
    return std::any_of(named.begin(), named.end(), [&](const NamedFace& face) {
      return face.file == file && face.name == name;
    });
  };
  EXPECT_TRUE(has("samples/drawing/typesetter.cpp", "Lobster Two"));
  EXPECT_TRUE(has("samples/drawing/marks.cpp", "Liberation Sans"));
  EXPECT_TRUE(has("tests/faults/scans.cpp", "Liberation Serif"));
  EXPECT_TRUE(has("tests/ocr/drawn_office.cpp", "DejaVu Serif Condensed"));
  EXPECT_TRUE(has("tests/ocr/ink_evidence_test.cpp", "DejaVu Serif"));
  EXPECT_TRUE(has("tests/ocr/unusual_pages_test.cpp", "Liberation Mono"));
  EXPECT_TRUE(has("tests/bench/recognition_memory.cpp", "Liberation Serif"));
}

TEST(NamedFaces, AreMissedWhenNoListInstallsTheirPackage) {
  EXPECT_THAT(unlistedFaces({{"tests/a.cpp", kDrawn}}, {"fonts-other"}, kOneRow),
              ElementsAre("the face \"Known Serif\" is in fonts-known, which no list in packages/ "
                          "installs"));
}

TEST(NamedFaces, AreMissedInTheTableInWhateverWayTheyAreNamed) {
  for (const char* source :
       {"page.text(80, y + 4, 450, \"New Face\", words);",
        "page.text(80, g(y, 4), 450, \"New Face Bold 12.5\", words);",
        "pango_font_description_from_string(\"New Face\");",
        "pango_font_description_set_family(font.get(), \"New Face\");",
        "cairo_select_font_face(pen, \"New Face\", slant, weight);",
        "letters.push_back(typesetter.pen(letter, \"New Face\", size));",
        "drawn.pen(x, 80, base, \"New Face\", 12, words, ink, 3);",
        "if (drawn.width(\"New Face Bold\", words) > 3) f();",
        "const std::string kSmall = \"New Face Bold Italic 11\";",
        "const std::vector<std::string> kPenFamilies = {\"Known Serif\", \"New Face\"};",
        "OfficeFonts fonts{{\"Known Serif\"}, {\"New Face\"}};",
        "for (const char* face : {\"Known Serif 12\", \"New Face\"}) f(face);",
        "constexpr const char* kFonts[] = {\"New Face\"};",
        "if (family == \"x\") family = \"New Face\";"}) {
    EXPECT_THAT(faultsOf(source),
                ElementsAre("tests/a.cpp:2: the face \"New Face\" is in no row of samples/faces.h"))
        << source;
  }
}

TEST(NamedFaces, AreNotSeenInOtherTexts) {
  for (const char* source :
       {"// page.text(80, 80, 450, \"New Face 12\", words);", "f(\"Stack 2\"); g(\"KQ 1\");",
        "page.text(80, 80, 450, font(\"Bold\", 12), \"New Face\");",
        "const std::string surface = \"New Face\";",
        "const std::string fonts = outputOf({\"pdffonts\", file});",
        "std::string fonts = outputOf(file);", "{\"/usr/share/fonts/New.ttf\", \"fonts-known\"};",
        "const Face face{\"Known Serif\", \"fonts-known\"};"}) {
    EXPECT_THAT(faultsOf(source), IsEmpty()) << source;
  }
}

TEST(NamedFaces, AreMissedWhenALiteralNamesAPackageThatNoListInstalls) {
  EXPECT_THAT(faultsOf("g({\"/usr/share/fonts/New.ttf\", \"fonts-new\"});"),
              ElementsAre("tests/a.cpp:2: no list in packages/ installs fonts-new"));
}

TEST(NamedFaces, AreNoLongerInTheTableWhenNothingIsDrawnWithThem) {
  EXPECT_THAT(unlistedFaces({}, kInstalled, kOneRow), ElementsAre(HasSubstr("nothing is drawn")));
}

TEST(ListedPackages, AreThoseOfAllLists) {
  const std::set<std::string> packages = listedPackages();
  for (const char* name : {"g++", "tesseract-ocr-vie", "fonts-dejavu-extra"}) {
    EXPECT_TRUE(packages.contains(name)) << name;
  }
  EXPECT_FALSE(packages.contains("README.md"));
}

}  // namespace
}  // namespace sohoa::architecture
