#include "pipeline/verify_files.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Hostile files end here; an honest one is hashed at far more than this many bytes a second.
constexpr std::chrono::seconds kLimit{2};
constexpr std::uintmax_t kBytesPerSecond = 50'000'000;

std::chrono::seconds limitFor(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? kLimit : kLimit + std::chrono::seconds(size / kBytesPerSecond);
}

/// What the threads share.
struct Progress {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0, given = 0;
  std::vector<std::optional<Result<VerifyJob::Reply>>> replies;
  std::exception_ptr failure;
};

}  // namespace

void verifyFiles(const WorkerSetup& setup, const VerifyJob& job, const std::vector<fs::path>& files,
                 int workers,
                 const std::function<void(const fs::path&, Result<VerifyJob::Reply>)>& each) {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t count =
      std::min(files.size(), workers > 0 ? static_cast<std::size_t>(workers) : cores);
  Progress progress;
  progress.replies.resize(files.size());
  const auto work = [&] {
    try {
      WorkerProcess worker(setup);
      for (;;) {
        std::unique_lock lock(progress.mutex);
        // Replies wait for their turn; far ahead of it nobody works.
        progress.changed.wait(lock, [&] {
          return progress.failure || progress.next < progress.given + 4 * count;
        });
        if (progress.failure || progress.next >= files.size()) return;
        const std::size_t mine = progress.next++;
        lock.unlock();
        VerifyJob own = job;
        own.file = files[mine];
        if (!own.evidence.empty() && files.size() > 1) {
          own.evidence /= std::to_string(mine + 1) + "-" + own.file.stem().string();
        }
        auto reply = worker.call(own, limitFor(own.file));
        lock.lock();
        progress.replies[mine] = std::move(reply);
        progress.changed.notify_all();
      }
    } catch (...) {
      const std::lock_guard lock(progress.mutex);
      progress.failure = std::current_exception();
      progress.changed.notify_all();
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work);
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::unique_lock lock(progress.mutex);
    progress.changed.wait(lock, [&] { return progress.failure || progress.replies[i]; });
    if (progress.failure) break;
    Result<VerifyJob::Reply> reply = std::move(*progress.replies[i]);
    progress.replies[i].reset();
    progress.given = i + 1;
    progress.changed.notify_all();
    lock.unlock();
    each(files[i], std::move(reply));
  }
  threads.clear();
  if (progress.failure) std::rethrow_exception(progress.failure);
}

}  // namespace sohoa
