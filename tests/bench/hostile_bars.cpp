// hostile_bars SOHOA [SIZE [FROM [TO]]]: gives every hostile PDF of tests/signing/hostile_pdf.cpp
// to `sohoa verify`, in full size (default 1,000,000), and prints time and peak memory of each;
// FROM and TO count the cases. Build: cmake --build --preset dev --target hostile_bars. The bars: 2
// s, 300 MB.

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

#include "tests/signing/hostile_pdf.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace {

struct Measured {
  int status = 0;
  long kilobytes = 0;
  double seconds = 0;
};

/// A small process that starts the program whenever a byte comes: the peak memory of a child begins
/// with that of whoever started it, and the generator of the files is big.
void starter(int in, int out, const char* program, const char* site, const char* file) {
  for (char go = 0; ::read(in, &go, 1) == 1;) {
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
      const int nothing = ::open("/dev/null", O_WRONLY);
      ::dup2(nothing, 1), ::dup2(nothing, 2);
      ::execl(program, program, "--site", site, "verify", file, static_cast<char*>(nullptr));
      ::_exit(127);
    }
    Measured one;
    rusage used{};
    ::wait4(child, &one.status, 0, &used);
    one.kilobytes = used.ru_maxrss;
    one.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (::write(out, &one, sizeof one) != sizeof one) break;
  }
  ::_exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace sohoa::test;
  if (argc < 2) return 2;
  const std::string program = argv[1];
  const std::size_t size = argc > 2 ? std::stoul(argv[2]) : 1'000'000;
  const TemporaryFolder folder;
  const std::string site = folder / "site", file = folder / "hostile.pdf";
  if (!runCommand({program, "init", site, "--demo"}).ok()) return 1;
  int ask[2], told[2];
  if (::pipe(ask) != 0 || ::pipe(told) != 0) return 1;
  if (::fork() == 0) {
    ::close(ask[1]);
    starter(ask[0], told[1], program.c_str(), site.c_str(), file.c_str());
  }
  const int from = argc > 3 ? std::atoi(argv[3]) : 0, to = argc > 4 ? std::atoi(argv[4]) : 100'000;
  int over = 0, all = 0, number = 0;
  eachHostilePdf(size, [&](const std::string& name, const std::string& bytes) {
    if (++number < from || number > to) return;
    spill(file, bytes);
    Measured one;
    if (::write(ask[1], "x", 1) != 1 || ::read(told[0], &one, sizeof one) != sizeof one) return;
    const bool answered = WIFEXITED(one.status) && WEXITSTATUS(one.status) == 3;
    const bool held = answered && one.seconds < 2 && one.kilobytes < 300 * 1024;
    fmt::print("{} {:5.2f} s {:5} MB  {:6} kB  {}\n", held ? "    " : "OVER", one.seconds,
               one.kilobytes / 1024, bytes.size() / 1024, name);
    std::fflush(stdout);
    over += held ? 0 : 1;
    ++all;
  });
  ::close(ask[1]);
  fmt::print("{} of {} within the bars\n", all - over, all);
  return over == 0 ? 0 : 1;
}
