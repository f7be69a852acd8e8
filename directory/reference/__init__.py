"""The reference data: the city's regions, the 2013 programme and the departments that lead it."""
