namespace Phonograph.Learning.Fitting;

/// <summary>One model to be learnt into a folder of models, of whatever kind; who knows the request can learn it anywhere.</summary>
/// <param name="Name">Name in messages and results; equal names are allowed.</param>
public abstract record ModelRequest(string Name)
{
    /// <summary>Hexadecimal SHA-256 over everything that decides the model; its file is called after it.</summary>
    public abstract string Fingerprint();
}
