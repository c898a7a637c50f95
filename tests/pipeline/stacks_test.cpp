#include "pipeline/intake/stacks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/review/stack_split.h"
#include "pipeline/scanning/separators.h"

namespace sohoa {
namespace {

using testing::ElementsAre;

TEST(StackName, IsAFolderThatSaysSoOrAFileOfManyPages) {
  for (const char* folder : {"stack", "stack-001", "Stack 2", "STACK_a", "stack3"}) {
    EXPECT_TRUE(isStackName(folder, true)) << folder;
  }
  for (const char* folder : {"stacked", "scan", "000.00.12.H46-210910-0001", "", "stack-\x01"}) {
    EXPECT_FALSE(isStackName(folder, true)) << folder;
  }
  for (const char* file : {"a.pdf", "a.TIF", "xấp.tiff"})
    EXPECT_TRUE(isStackName(file, false)) << file;
  for (const char* file : {"a.jpg", "pdf", "stack-001"})
    EXPECT_FALSE(isStackName(file, false)) << file;
}

TEST(StackName, StaysShortEnoughForAFolderOnTheReviewShelf) {
  EXPECT_EQ(stackCode("lô", "stack-001"), "stack-001@lô");
  const std::string code = stackCode(std::string(150, 'b'), std::string(150, 's'));
  EXPECT_LT(code.size(), 50u);
  EXPECT_NE(code, stackCode(std::string(150, 'c'), std::string(150, 's')));
}

TEST(SplitOrder, IsReadAsPersonsWriteIt) {
  PageRange range;
  ASSERT_TRUE(parsePageRange("000.00.12.H46-210910-0001=2-14", true, range));
  EXPECT_EQ(range.code, "000.00.12.H46-210910-0001");
  EXPECT_EQ(range.first, 2);
  EXPECT_EQ(range.last, 14);
  ASSERT_TRUE(parsePageRange("7", false, range));
  EXPECT_EQ(range.first, 7);
  EXPECT_EQ(range.last, 7);
  for (const char* wrong : {"", "A=", "A=0", "A=3-2", "A=x", "A=1-", "A=-1", "A=1-2-3", "5"}) {
    EXPECT_FALSE(parsePageRange(wrong, true, range)) << wrong;
  }
}

TEST(SeparatorList, MayDeclareThePagesOfADossier) {
  SeparatorOrder order;
  EXPECT_EQ(addList("\xEF\xBB\xBF"
                    "A=5\r\n\n# xong\n  B\n",
                    order),
            "");
  EXPECT_THAT(order.codes, ElementsAre("A", "B"));
  EXPECT_EQ(order.pages.at("A"), 5);
  EXPECT_EQ(addList("C=0\n", order), "C=0");
  EXPECT_FALSE(addPages("C=123456", order));
  EXPECT_FALSE(addPages("C", order));
}

}  // namespace
}  // namespace sohoa
