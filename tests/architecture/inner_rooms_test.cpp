#include "tests/architecture/inner_rooms.h"

#include <gmock/gmock.h>

namespace sohoa::architecture {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// One header for each row of the table, and nothing wrong.
SourceTree soundTree() {
  SourceTree tree;
  for (const auto& [folder, uses] : innerRooms()) {
    tree[folder + "/shown.h"] = "";
    std::string& source = tree[folder + "/shown.cpp"];
    source = "#include \"" + folder + "/shown.h\"\n";
    for (const std::string& use : uses) source += "#include \"" + use + "/shown.h\"\n";
  }
  return tree;
}

TEST(InnerRooms, KeepToTheTable) {
  const SourceTree tree = readRooms();
  ASSERT_GT(tree.size(), 400U) << "the sources were not found";
  EXPECT_THAT(brokenInnerArrows(tree), IsEmpty());
}

TEST(InnerRooms, DoNotIncludeEachOtherInCircles) {
  // The sample generator, which nothing ships, draws with its own values in both directions.
  SourceTree tree = readRooms();
  std::erase_if(tree, [](const auto& file) { return file.first.starts_with("samples/"); });
  EXPECT_THAT(folderCycles(tree), IsEmpty());
}

TEST(InnerRooms, HaveAtMostThirtyFiles) { EXPECT_THAT(crowdedFolders(readRooms(), 30), IsEmpty()); }

TEST(InnerRooms, NameTheHeaderThatASourceImplements) {
  EXPECT_THAT(sourcesWithoutHeader(readRooms()),
              // Functions that the engine's library asks for by their names, in no header of ours.
              ElementsAre("ocr/engine/openmp_single_thread.cpp"));
}

TEST(InnerRooms, AreBrokenByAnyArrowThatTheTableLacks) {
  ASSERT_THAT(brokenInnerArrows(soundTree()), IsEmpty());
  int tried = 0;
  for (const auto& [from, uses] : innerRooms()) {
    for (const auto& [to, others] : innerRooms()) {
      if (from == to || roomOf(from) != roomOf(to) || uses.contains(to)) continue;
      SourceTree tree = soundTree();
      tree[from + "/forged.cpp"] = "\n#include \"" + to + "/shown.h\"\n";
      EXPECT_THAT(brokenInnerArrows(tree),
                  Contains(from + "/forged.cpp:2: " + from + " may not use " + to));
      ++tried;
    }
  }
  EXPECT_GT(tried, 300);
}

TEST(InnerRooms, AreBrokenByAFolderThatTheTableDoesNotKnow) {
  SourceTree tree = soundTree();
  tree["pdf/magic/a.cpp"] = "";
  EXPECT_THAT(brokenInnerArrows(tree), ElementsAre(HasSubstr("does not know pdf/magic")));
}

TEST(InnerRooms, AreBrokenByARowWithoutAFolder) {
  SourceTree tree = soundTree();
  tree.erase("ocr/image/shown.h");
  tree.erase("ocr/image/shown.cpp");
  EXPECT_THAT(brokenInnerArrows(tree), Contains("the table has a row without a folder: ocr/image"));
}

TEST(InnerRooms, KeepVerificationFromKeysEvenByALongWay) {
  SourceTree tree = soundTree();
  // A header that verification may use, whose source uses a key.
  tree["signing/cms/helper.h"] = "";
  tree["signing/cms/helper.cpp"] = "#include \"signing/keys/shown.h\"\n";
  tree["signing/verify/judge.cpp"] = "#include \"signing/cms/helper.h\"\n";
  EXPECT_THAT(brokenInnerArrows(tree),
              Contains("signing/verify/judge.cpp -> signing/cms/helper.h -> "
                       "signing/cms/helper.cpp -> signing/keys/shown.h: whoever judges foreign "
                       "files must not reach a private key or the network"));
}

TEST(InnerRooms, KeepVerificationFromTheNetworkAndWorkersFromTheSite) {
  SourceTree tree = soundTree();
  tree["signing/certificates/helper.h"] = "#include \"signing/online/shown.h\"\n";
  tree["signing/verify/judge.cpp"] = "#include \"signing/certificates/helper.h\"\n";
  EXPECT_THAT(brokenInnerArrows(tree), Contains(HasSubstr("or the network")));
  tree = soundTree();
  tree["pipeline/batch/helper.h"] = "";
  tree["pipeline/batch/helper_rest.cpp"] = "#include \"pipeline/site/shown.h\"\n";
  tree["pipeline/workers/work.cpp"] = "#include \"pipeline/batch/helper.h\"\n";
  EXPECT_THAT(brokenInnerArrows(tree), Contains(HasSubstr("knows no site and no key")));
}

TEST(FolderCycles, AreFoundWhateverTheTableSays) {
  const SourceTree tree = {{"pdf/a/x.h", "#include \"pdf/b/y.h\"\n"},
                           {"pdf/b/y.h", "#include \"pdf/c/z.h\"\n"},
                           {"pdf/c/z.h", "#include \"pdf/a/w.h\"\n"},
                           {"pdf/d/v.h", "#include \"pdf/a/x.h\"\n"}};
  EXPECT_THAT(folderCycles(tree), ElementsAre("pdf/a -> pdf/b -> pdf/c -> pdf/a"));
}

TEST(CrowdedFolders, AreThoseAboveTheLimit) {
  SourceTree tree;
  for (int i = 0; i < 31; ++i) tree["pdf/a/f" + std::to_string(i) + ".h"] = "";
  tree["pdf/b/g.h"] = "";
  EXPECT_THAT(crowdedFolders(tree, 30), ElementsAre("pdf/a: 31 files"));
  EXPECT_THAT(crowdedFolders(tree, 31), IsEmpty());
}

TEST(SourcesWithoutHeader, AreThoseThatBeginWithTheNameOfNone) {
  const SourceTree tree = {{"pdf/a/syntax.h", ""},
                           {"pdf/a/syntax.cpp", ""},
                           {"pdf/a/syntax_value.cpp", ""},
                           {"pdf/a/value.cpp", ""},
                           {"pdf/b/syntax_rest.cpp", ""}};
  EXPECT_THAT(sourcesWithoutHeader(tree), ElementsAre("pdf/a/value.cpp", "pdf/b/syntax_rest.cpp"));
}

}  // namespace
}  // namespace sohoa::architecture
