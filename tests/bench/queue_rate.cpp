// queue_rate ADDRESS [CLAIMANTS [JOBS [AT_ONCE]]]: claims a second from the queue of a PostgreSQL
// catalogue. CLAIMANTS (default 8) threads with a connection each claim AT_ONCE (default 1) jobs at
// a time, as a run does, and finish them one by one; then the same without finishing any.

#include <fmt/core.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "storage/catalogue/catalogue.h"

using namespace sohoa;

namespace {

constexpr std::chrono::milliseconds kLease{60'000};

void offer(const std::string& address, const std::string& kind, int count) {
  std::vector<JobQueue::Job> jobs;
  for (int i = 0; i < count; ++i)
    jobs.push_back({kind, fmt::format("{:06}", i), fmt::format("g{}", i), 0});
  openPostgresCatalogue(address)->jobs().offer(jobs, 1);
}

void measure(const std::string& address, const std::string& kind, int claimants, int jobs,
             int atOnce, bool finish) {
  offer(address, kind, jobs);
  std::vector<std::unique_ptr<Catalogue>> catalogues;
  for (int i = 0; i < claimants; ++i) catalogues.push_back(openPostgresCatalogue(address));
  std::mutex mutex;
  std::set<std::string> claimed;
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < claimants; ++i) {
      threads.emplace_back([&, i] {
        JobQueue& queue = catalogues[static_cast<std::size_t>(i)]->jobs();
        const std::string holder = fmt::format("host{}", i);
        std::vector<std::string> mine;
        for (;;) {
          const auto got = queue.claim(holder, kind, atOnce, kLease);
          if (got.empty()) break;
          for (const auto& job : got) {
            mine.push_back(job.name);
            if (finish) queue.finish(holder, job);
          }
        }
        const std::lock_guard guard(mutex);
        claimed.insert(mine.begin(), mine.end());
        if (mine.empty()) fmt::print("{} had nothing\n", holder);
      });
    }
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  fmt::print("{} claimants, {} at a time, {}: {:.0f} claims a second; {} of {} jobs claimed\n",
             claimants, atOnce, finish ? "claimed and finished" : "claimed only",
             jobs / elapsed.count(), claimed.size(), jobs);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto number = [&](int at, int otherwise) {
    return argc > at ? std::atoi(argv[at]) : otherwise;
  };
  const int claimants = number(2, 8), jobs = number(3, 10'000);
  for (const int atOnce : argc > 4 ? std::vector<int>{number(4, 1)} : std::vector<int>{1, 4}) {
    // Jobs of its own, whatever earlier runs left.
    const auto run = std::chrono::system_clock::now().time_since_epoch().count();
    measure(argv[1], fmt::format("finished{}", run), claimants, jobs, atOnce, true);
    measure(argv[1], fmt::format("claimed{}", run), claimants, jobs, atOnce, false);
  }
}
