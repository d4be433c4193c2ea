"""The tables of a job -> what each of its opportunities is worth, figure by figure."""
