#include "tests/architecture/details.h"

#include <gmock/gmock.h>

namespace sohoa::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Details, AreAllInTheTableOfVietnamese) {
  const SourceTree tree = readRooms();
  ASSERT_GT(tree.size(), 400U) << "the sources were not found";
  EXPECT_THAT(untranslatedDetails(tree), IsEmpty());
}

TEST(Details, WithoutARowAreFound) {
  SourceTree tree = {{"core/texts/detail_text_vi.inc", R"({"no page {}", "không có trang {}"},)"}};
  tree["pdf/a.cpp"] =
      R"(return ItemError{Stage::intake, Cause::pdfDamaged, name, "no page at all"};)";
  tree["pdf/b.cpp"] = R"(throw BatchError(Cause::diskFull, path + " is full of things");)";
  tree["pdf/c.cpp"] = R"(return ItemError{Stage::intake, Cause::pdfDamaged, "some file name",
                                        fmt::format("no page {:d}", n)};)";
  tree["pdf/d.cpp"] = R"(throw BatchError(Cause::diskFull, "curl_easy_init");)";
  EXPECT_THAT(untranslatedDetails(tree),
              ElementsAre("pdf/a.cpp:1: no page at all", "pdf/b.cpp:1:  is full of things"));
}

}  // namespace
}  // namespace sohoa::architecture
