#include "pipeline/review/review.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

HeldDossier heldFor(const std::vector<Cause>& causes) {
  HeldDossier held;
  for (const Cause cause : causes) held.problems.push_back({Stage::gate, cause, "", ""});
  return held;
}

TEST(NotAcceptable, IsNothingThatAPersonCanJudge) {
  EXPECT_TRUE(
      notAcceptable(heldFor({Cause::pageDoubtful, Cause::pagesGap, Cause::imageLowResolution,
                             Cause::dossierFiledDifferently, Cause::pageCrashed}))
          .empty());
}

TEST(NotAcceptable, IsAPageWithoutPixels) {
  EXPECT_THAT(notAcceptable(heldFor({Cause::pagesGap, Cause::pdfNotScanned})),
              testing::ElementsAre(Cause::pdfNotScanned));
}

TEST(NotAcceptable, IsWhateverKeptAFileFromBeingTakenIn) {
  HeldDossier held = heldFor({Cause::pageCrashed});
  held.item.problem = held.problems.front();  // met at intake: its pages are not in the record
  EXPECT_THAT(notAcceptable(held), testing::ElementsAre(Cause::pageCrashed));
  held.item.problem->cause = held.problems.front().cause = Cause::pdfNotScanned;
  EXPECT_THAT(notAcceptable(held), testing::ElementsAre(Cause::pdfNotScanned));
}

}  // namespace
}  // namespace sohoa
