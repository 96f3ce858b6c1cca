using System.CommandLine;
using Phonograph.Files;
using Phonograph.Learning.Fitting.Arrays;

namespace Phonograph.Cli.Terminal;

/// <summary>
/// What every verb shares: the options <c>--quiet</c> and <c>--json</c>, progress on stderr, and exit codes (0 done, 1 the work failed,
/// 2 the input or usage is wrong).
/// </summary>
internal sealed class CliRun
{
    private const string TraceVariable = "PHONOGRAPH_TRACE";
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "No progress on stderr." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on stdout instead of text." };

    private CliRun(ParseResult arguments, CancellationToken cancellation)
    {
        Arguments = arguments;
        Cancellation = cancellation;
        IsJson = arguments.GetValue(Json);
        Progress = new ProgressLine(arguments.GetValue(Quiet));
    }

    /// <summary>Values of the verb's own options and arguments.</summary>
    public ParseResult Arguments { get; }

    /// <summary>Fires on Ctrl-C.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>True when stdout must carry exactly one JSON document.</summary>
    public bool IsJson { get; }

    /// <summary>Where long jobs report.</summary>
    public ProgressLine Progress { get; }

    /// <summary>A required value of the verb.</summary>
    public T Get<T>(Option<T> option) => Arguments.GetValue(option)!;

    /// <summary>A required argument of the verb.</summary>
    public T Get<T>(Argument<T> argument) => Arguments.GetValue(argument)!;

    /// <summary>Adds the shared options and the guarded action to a verb.</summary>
    /// <param name="command">The verb with its own options and arguments.</param>
    /// <param name="action">The work; returns the exit code.</param>
    public static Command Verb(Command command, Func<CliRun, Task<int>> action)
    {
        command.Add(Quiet);
        command.Add(Json);
        command.SetAction(async (arguments, cancellation) =>
        {
            var run = new CliRun(arguments, cancellation);
            try
            {
                return await action(run);
            }
            catch (InputException error)
            {
                return run.Fail(error.Message, 2);
            }
            catch (OperationCanceledException)
            {
                return run.Fail("Stopped. The same command continues where it stopped.", 1);
            }
            catch (FitsMissingException error)
            {
                return run.Fail(error.Message, 1);
            }
            catch (Exception error) when (OutputPlace.IsUnwritable(error))
            {
                return run.Fail($"{error.Message.TrimEnd('.')}. Choose a place that can be read and written.", 2);
            }
            catch (Exception error) when (error is IOException || OutputPlace.IsFull(error))
            {
                return run.Fail($"{error.Message.TrimEnd('.')}. Nothing already written is lost; make room or choose another place, then repeat the command.", 1);
            }
            catch (Exception error) when (Environment.GetEnvironmentVariable(TraceVariable) is null)
            {
                return run.Fail($"defect of the program: {error.Message.ReplaceLineEndings(" ")} ({error.GetType().Name}) Please report it with the command and its files; with {TraceVariable}=1 in the environment the program says where it happened.", 1);
            }
        });
        return command;
    }

    private int Fail(string message, int exitCode)
    {
        Progress.Finish();
        Console.Error.WriteLine($"phonograph: {message}");
        return exitCode;
    }
}
