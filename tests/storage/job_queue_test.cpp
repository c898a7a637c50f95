#include "storage/database/job_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "tests/storage/engine.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class JobQueueTest : public testing::Test {
 protected:
  void offer(const std::string& kind, const std::vector<std::string>& names, int rank) {
    std::vector<JobQueue::Job> jobs;
    for (const std::string& name : names) jobs.push_back({kind, name, name.substr(0, 1), 0});
    queue_.offer(jobs, rank);
  }
  static std::vector<std::string> namesOf(const std::vector<JobQueue::Job>& jobs) {
    std::vector<std::string> names;
    for (const auto& job : jobs) names.push_back(job.name);
    std::sort(names.begin(), names.end());
    return names;
  }
  test::TemporaryFolder folder_;
  std::unique_ptr<Catalogue> catalogue_ = test::openCatalogue(folder_ / "catalogue.sqlite");
  JobQueue& queue_ = catalogue_->jobs();
};

TEST_F(JobQueueTest, GivesEachJobToOneHolderInOrderOfRankAndName) {
  offer("dossier", {"d", "c"}, 1);
  offer("dossier", {"b", "a"}, 2);
  offer("other", {"x"}, 0);
  EXPECT_THAT(namesOf(queue_.claim("one", "dossier", 3, 10s)), ElementsAre("a", "c", "d"));
  EXPECT_THAT(namesOf(queue_.claim("two", "dossier", 3, 10s)), ElementsAre("b"));
  EXPECT_THAT(queue_.claim("three", "dossier", 3, 10s), IsEmpty());
  EXPECT_EQ(queue_.size("dossier"), 4);
}

TEST_F(JobQueueTest, KnowsAJobOnceHoweverOftenItIsOffered) {
  offer("dossier", {"a", "a"}, 1);
  const auto job = queue_.claim("one", "dossier", 1, 10s).at(0);
  offer("dossier", {"a"}, 1);
  EXPECT_EQ(queue_.size("dossier"), 1);
  EXPECT_TRUE(queue_.holds("one", job));
}

TEST_F(JobQueueTest, TakesAJobFromAHolderWhoDied) {
  offer("dossier", {"a"}, 1);
  const auto first = queue_.claim("dead", "dossier", 1, 50ms).at(0);
  EXPECT_EQ(first.attempts, 1);
  std::this_thread::sleep_for(120ms);
  EXPECT_FALSE(queue_.holds("dead", first));
  const auto second = queue_.claim("heir", "dossier", 1, 10s);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].attempts, 2);
  EXPECT_EQ(queue_.renew("dead", 10s), 0) << "what was lost stays lost";
  EXPECT_FALSE(queue_.finish("dead", first));
  EXPECT_EQ(queue_.size("dossier"), 1);
  EXPECT_TRUE(queue_.finish("heir", second[0]));
  EXPECT_EQ(queue_.size("dossier"), 0);
}

TEST_F(JobQueueTest, KeepsAJobWhoseHolderRenews) {
  offer("dossier", {"a", "b"}, 1);
  const auto jobs = queue_.claim("alive", "dossier", 2, 300ms);
  for (int i = 0; i < 5; ++i) {
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(queue_.renew("alive", 300ms), 2);
  }
  EXPECT_TRUE(queue_.holds("alive", jobs[0]));
  EXPECT_THAT(queue_.claim("other", "dossier", 1, 10s), IsEmpty());
}

TEST_F(JobQueueTest, GivesBackWhatIsReleased) {
  offer("dossier", {"a", "b"}, 1);
  const auto jobs = queue_.claim("one", "dossier", 2, 10s);
  EXPECT_TRUE(queue_.finish("one", jobs[0]));
  queue_.giveBackAll("one");
  EXPECT_EQ(queue_.claim("two", "dossier", 2, 10s).size(), 1u);
}

TEST_F(JobQueueTest, ClaimsOneByItsName) {
  offer("batch", {"a", "b"}, 1);
  EXPECT_TRUE(queue_.claimOne("one", {"batch", "b", "", 0}, 10s));
  EXPECT_FALSE(queue_.claimOne("two", {"batch", "b", "", 0}, 10s));
  EXPECT_FALSE(queue_.claimOne("two", {"batch", "missing", "", 0}, 10s));
  queue_.giveBack("one", {"batch", "b", "", 0});
  EXPECT_TRUE(queue_.claimOne("two", {"batch", "b", "", 0}, 10s));
}

TEST_F(JobQueueTest, LetsOneOfAGroupGoOn) {
  offer("dossier", {"x1", "x2", "y1"}, 1);
  const auto one = queue_.claim("one", "dossier", 1, 10s).at(0);
  const auto others = queue_.claim("two", "dossier", 2, 10s);
  EXPECT_FALSE(queue_.mustWait("one", one));
  for (const auto& job : others) EXPECT_EQ(queue_.mustWait("two", job), job.name == "x2");
  queue_.finish("one", one);
  for (const auto& job : others) EXPECT_FALSE(queue_.mustWait("two", job));
}

TEST_F(JobQueueTest, LetsManyClaimAtOnceWithoutGivingAnyJobTwice) {
  constexpr int kJobs = 400, kClaimants = 4;
  std::vector<std::string> names;
  for (int i = 0; i < kJobs; ++i) names.push_back("job" + std::to_string(i));
  offer("dossier", names, 1);
  std::vector<std::vector<std::string>> taken(kClaimants);
  std::vector<std::thread> claimants;
  for (std::size_t c = 0; c < kClaimants; ++c) {
    claimants.emplace_back([&, c] {
      const auto own = test::openCatalogue(folder_ / "catalogue.sqlite");
      const std::string holder = "holder" + std::to_string(c);
      for (;;) {
        const auto jobs = own->jobs().claim(holder, "dossier", 3, 10s);
        if (jobs.empty()) return;
        for (const auto& job : jobs) {
          taken[c].push_back(job.name);
          EXPECT_TRUE(own->jobs().finish(holder, job));
        }
      }
    });
  }
  for (auto& claimant : claimants) claimant.join();
  std::multiset<std::string> all;
  for (const auto& some : taken) all.insert(some.begin(), some.end());
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kJobs));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), static_cast<std::size_t>(kJobs));
}

}  // namespace
}  // namespace sohoa
