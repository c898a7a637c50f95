#include "tests/architecture/arrows.h"

#include <gmock/gmock.h>

#include <set>

namespace sohoa::architecture {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Rooms with one public and one private header each, and nothing wrong.
SourceTree soundTree() {
  SourceTree tree;
  for (const std::string& room : rooms()) {
    tree[room + "/CMakeLists.txt"] =
        "# HEADERS none.h\nsohoa_room(" + room + "\n  HEADERS shown.h\n  SOURCES a.cpp)\n";
    tree[room + "/shown.h"] = "#include <vector>\n";
    tree[room + "/hidden.h"] = "#include <nlohmann/json.hpp>\n";
    tree[room + "/a.cpp"] =
        "#include \"" + room + "/shown.h\"\n#include \"" + room + "/hidden.h\"\n";
  }
  return tree;
}

TEST(Arrows, HoldInEveryRoom) {
  const SourceTree tree = readRooms();
  ASSERT_GT(tree.size(), 20U) << "the sources were not found";
  ASSERT_TRUE(publicHeadersOf(tree).contains("core/result.h"));
  EXPECT_THAT(brokenArrows(tree), IsEmpty());
}

TEST(Arrows, AreWhatTheArchitectureDraws) {
  EXPECT_THAT(brokenArrows(soundTree()), IsEmpty());
  const std::set<std::pair<std::string, std::string>> drawn = {
      {"pdf", "core"},         {"ocr", "core"},       {"signing", "core"},
      {"storage", "core"},     {"signing", "pdf"},    {"pipeline", "core"},
      {"pipeline", "pdf"},     {"pipeline", "ocr"},   {"pipeline", "signing"},
      {"pipeline", "storage"}, {"portal", "core"},    {"portal", "pdf"},
      {"portal", "ocr"},       {"portal", "signing"}, {"portal", "storage"},
      {"portal", "pipeline"},  {"samples", "core"},   {"scanner", "core"},
      {"pipeline", "scanner"}, {"portal", "scanner"}};
  for (const std::string& from : rooms()) {
    for (const std::string& to : rooms()) {
      if (from == to) continue;
      SourceTree tree = soundTree();
      tree[from + "/forged.cpp"] = "\n#include \"" + to + "/shown.h\"\n";
      if (drawn.contains({from, to})) {
        EXPECT_THAT(brokenArrows(tree), IsEmpty()) << from << " uses " << to;
      } else {
        EXPECT_THAT(brokenArrows(tree),
                    ElementsAre(from + "/forged.cpp:2: \"" + to + "/shown.h\": no arrow from " +
                                to + " to " + from));
      }
    }
  }
}

TEST(Arrows, AreBrokenByAPrivateHeaderOfAnotherRoom) {
  SourceTree tree = soundTree();
  tree["pipeline/forged.cpp"] = "#include \"ocr/hidden.h\"\n";
  EXPECT_THAT(brokenArrows(tree), ElementsAre(HasSubstr("private to ocr")));
}

TEST(Arrows, AreBrokenByAPrivateHeaderInAPublicOne) {
  SourceTree tree = soundTree();
  tree["ocr/shown.h"] = "#include \"ocr/hidden.h\"\n";
  EXPECT_THAT(brokenArrows(tree), ElementsAre(HasSubstr("a public header includes it")));
}

TEST(Arrows, AreBrokenByTestsInARoom) {
  SourceTree tree = soundTree();
  tree["core/forged.cpp"] = "#include \"tests/support/files.h\"\n";
  EXPECT_THAT(brokenArrows(tree), ElementsAre(HasSubstr("not named from the top")));
}

TEST(Arrows, NeedNamesFromTheTop) {
  SourceTree tree = soundTree();
  tree["ocr/forged.cpp"] = "#include \"shown.h\"\n#include \"../core/shown.h\"\n";
  EXPECT_THAT(brokenArrows(tree), ElementsAre(HasSubstr("forged.cpp:1: \"shown.h\" is not named"),
                                              HasSubstr("forged.cpp:2: \"../core/shown.h\"")));
}

TEST(Arrows, AreBrokenByALinkedRoom) {
  SourceTree tree = soundTree();
  tree["storage/CMakeLists.txt"] =
      "sohoa_room(storage SOURCES a.cpp USES sohoa::core sohoa::ocr)\n";
  EXPECT_THAT(brokenArrows(tree), Contains("storage/CMakeLists.txt: no arrow from ocr to storage"));
}

TEST(ThirdPartyHeaders, StayInTheRoomsThatUseThem) {
  const std::vector<std::pair<std::string, std::string>> forged = {
      {"core/record.cpp", "openssl/evp.h"},
      {"storage/forged.cpp", "openssl/sha.h"},
      {"pipeline/forged.cpp", "openssl/ssl.h"},
      {"pipeline/forged.cpp", "sqlite3.h"},
      {"pdf/forged.cpp", "tesseract/baseapi.h"},
      {"storage/forged.cpp", "allheaders.h"},
      {"signing/forged.cpp", "leptonica/allheaders.h"},
      {"ocr/forged.cpp", "qpdf/QPDF.hh"},
      {"pipeline/forged.cpp", "qpdf/QPDF.hh"},
      {"ocr/forged.cpp", "seccomp.h"},
      {"pipeline/workers/forged.cpp", "poppler/cpp/poppler-page.h"},
      {"storage/forged.cpp", "CLI/CLI.hpp"},
      {"pipeline/cli/forged.cpp", "CLI/CLI.hpp"},
      {"pdf/forged.cpp", "pango/pangocairo.h"}};
  for (const auto& [file, header] : forged) {
    SourceTree tree = soundTree();
    tree[file] = "#include <" + header + ">\n";
    EXPECT_THAT(brokenArrows(tree),
                ElementsAre(file + ":1: <" + header + "> belongs to other rooms"));
  }
  SourceTree tree = soundTree();
  tree["core/digest.cpp"] = tree["signing/b.cpp"] = "#include <openssl/evp.h>\n";
  tree["storage/b.cpp"] = "#include <sqlite3.h>\n#include <sys/file.h>\n#include <unistd.h>\n";
  tree["pdf/b.cpp"] = "#include <qpdf/QPDF.hh>\n#include <allheaders.h>\n";
  tree["ocr/b.cpp"] = "#include <tesseract/baseapi.h>\n#include <allheaders.h>\n";
  EXPECT_THAT(brokenArrows(tree), IsEmpty());
}

TEST(ThirdPartyHeaders, StayOutOfPublicHeaders) {
  for (const char* header : {"openssl/evp.h", "nlohmann/json.hpp", "fmt/core.h", "sqlite3.h"}) {
    SourceTree tree = soundTree();
    tree["signing/shown.h"] = std::string("#include <") + header + ">\n";
    EXPECT_THAT(brokenArrows(tree), ElementsAre(HasSubstr("in a public header"))) << header;
  }
}

TEST(ThirdPartyHeaders, MustBeKnownToTheHouse) {
  SourceTree tree = soundTree();
  tree["ocr/forged.cpp"] = "#include <boost/regex.hpp>\n";
  EXPECT_THAT(brokenArrows(tree), ElementsAre(HasSubstr("does not know")));
}

}  // namespace
}  // namespace sohoa::architecture
